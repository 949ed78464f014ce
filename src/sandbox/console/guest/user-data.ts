/**
 * Reads the user data that a small Linux can follow: `hostname`, `write_files` and `runcmd` of
 * cloud-config, or a script that begins with `#!`.
 */
import { gunzipSync } from 'node:zlib'

import { parse } from 'yaml'

export type UserData = {
  hostname?: string
  motd?: string
  /** Paths without their first slash. */
  files?: { path: string; content: string; mode: number }[]
  /** A script for the first boot only. */
  once?: string
  /** Why it could not be read, for the guest's log. */
  fault?: string
}

/** Exoscale accepts 32 KiB; unpacked it may be more, up to this limit. */
const maxBytes = 1024 * 1024

/** Reads user data as the API stores it (base64, perhaps gzipped). Never throws: errors are a `fault`. */
export function readUserData(encoded: string | undefined): UserData {
  if (!encoded) return {}
  try {
    const text = unpack(Buffer.from(encoded, 'base64')).toString()
    if (text.startsWith('#!')) return { once: text }
    if (text.startsWith('#cloud-config')) return readCloudConfig(parse(text))
    return { fault: 'the user data is neither #cloud-config nor a script' }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return { fault: `cannot read the user data: ${reason}` }
  }
}

const unpack = (bytes: Buffer) =>
  bytes[0] === 0x1f && bytes[1] === 0x8b
    ? gunzipSync(bytes, { maxOutputLength: maxBytes })
    : bytes

function readCloudConfig(config: unknown): UserData {
  if (!isMap(config)) return {}
  const { hostname, fqdn, write_files: written, runcmd } = config
  const name = textOf(hostname) ?? textOf(fqdn)
  const files = (Array.isArray(written) ? written : []).flatMap(fileOf)
  const motd = files.find(({ path }) => path === 'etc/motd')
  const lines = (Array.isArray(runcmd) ? runcmd : []).flatMap(commandOf)
  return {
    ...(name === undefined ? {} : { hostname: name }),
    ...(motd ? { motd: motd.content } : {}),
    files: files.filter((file) => file !== motd),
    ...(lines.length > 0 ? { once: `#!/bin/sh\n${lines.join('\n')}\n` } : {}),
  }
}

function fileOf(entry: unknown) {
  const path = isMap(entry) ? textOf(entry.path) : undefined
  if (!isMap(entry) || !path?.startsWith('/') || path.includes('\0')) return []
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.length === 0 || parts.includes('..')) return []
  const content = textOf(entry.content) ?? ''
  const encoded = ['b64', 'base64'].includes(textOf(entry.encoding) ?? '')
  const mode = Number.parseInt(textOf(entry.permissions) ?? '644', 8)
  return [
    {
      path: parts.join('/'),
      content: encoded ? Buffer.from(content, 'base64').toString() : content,
      mode: Number.isNaN(mode) ? 0o644 : mode & 0o7777,
    },
  ]
}

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`

function commandOf(entry: unknown): string[] {
  if (typeof entry === 'string') return [entry]
  return Array.isArray(entry) ? [entry.map((word) => quoted(String(word))).join(' ')] : []
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
