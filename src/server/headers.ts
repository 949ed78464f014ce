/**
 * Builds the headers of every response. The policy is as strict as React and noVNC can run
 * under; a browser reported no violation (docs/vnc.md#data-urls). The development server
 * sends it too.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The scripts written into the page itself, as CSP names them; none where there is no page. */
function inlineScriptHashes(webRoot: string): string[] {
  let page: string
  try {
    page = readFileSync(join(webRoot, 'index.html'), 'utf8')
  } catch {
    return []
  }
  return [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => {
    return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
  })
}

/**
 * The pages' Content-Security-Policy. `consoleHosts` are the hosts of console proxies and
 * `scripts` the hashes of inline scripts, as CSP writes them; `nonce` is given in development
 * only, for Vite's inline pieces.
 */
export function contentSecurityPolicy(
  consoleHosts: string[],
  scripts: string[],
  nonce?: string,
): string {
  const inline = nonce ? ` 'nonce-${nonce}'` : ''
  const consoles = consoleHosts.flatMap((host) =>
    // A proxy on this computer has no certificate; any other must have one.
    /^(127\.|localhost)/.test(host) ? [`ws://${host}`] : [`wss://${host}`],
  )
  const directives = [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' ') + inline,
    `style-src 'self'${inline}`,
    // noVNC decodes JPEG and PNG rectangles through data: images.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ['connect-src', "'self'", ...consoles].join(' '),
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ]
  // Vite's client writes markup of its own; nothing that is shipped does.
  if (!nonce) directives.push("require-trusted-types-for 'script'", "trusted-types 'none'")
  return directives.join('; ')
}

/** What every answer carries besides its own headers. HSTS only where people come by https. */
export function securityHeaders(
  consoleHosts: string[],
  webRoot: string,
  publicUrl?: URL,
): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(
      consoleHosts,
      inlineScriptHashes(webRoot),
    ),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'clipboard-read=(self), clipboard-write=(self), fullscreen=(self), camera=(), geolocation=(), microphone=()',
    ...(publicUrl?.protocol === 'https:'
      ? { 'strict-transport-security': 'max-age=31536000' }
      : {}),
  }
}
