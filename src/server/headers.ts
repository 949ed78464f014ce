/**
 * Builds the headers of every response. The policy is the strictest under which React and noVNC
 * work without a violation (docs/vnc.md#data-urls). The development server sends it too.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The hashes of the page's inline scripts, as CSP writes them; none if there is no page. */
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
 * `scripts` the hashes of inline scripts, as CSP writes them; `nonce` is only set in development,
 * for Vite's inline scripts and styles.
 */
export function contentSecurityPolicy(
  consoleHosts: string[],
  scripts: string[],
  nonce?: string,
): string {
  const inline = nonce ? ` 'nonce-${nonce}'` : ''
  const consoles = consoleHosts.flatMap((host) =>
    // A proxy on this host has no certificate; any other must have one.
    /^(127\.|localhost)/.test(host) ? [`ws://${host}`] : [`wss://${host}`],
  )
  const directives = [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' ') + inline,
    `style-src 'self'${inline}`,
    // noVNC decodes JPEG and PNG rectangles through data: images.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    ['connect-src', "'self'", ...consoles].join(' '),
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ]
  // Vite's client sets inner HTML; nothing in the build does.
  if (!nonce) directives.push("require-trusted-types-for 'script'", "trusted-types 'none'")
  return directives.join('; ')
}

/** Headers of every response. HSTS is only sent if the public URL uses https. */
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
