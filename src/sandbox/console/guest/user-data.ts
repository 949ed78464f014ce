/**
 * Reads the user data that a small Linux can follow, as cloud-init would take it
 * (contract/user-data/cloud-init.ts): of cloud-config `hostname`, `write_files` and `runcmd`,
 * scripts, boothooks, templates of variables, and archives and multipart messages of these.
 */
import { gunzipSync } from 'node:zlib'

import { parse } from 'yaml'

import {
  cloudInitKind,
  isMime,
  mimeParts,
  partKind,
  readMime,
  trimmedStart,
  unixLines,
  type CloudInitKind,
  type MimePart,
} from '#contract/user-data/cloud-init.ts'

export type UserData = {
  hostname?: string
  motd?: string
  /** Paths without their first slash. */
  files?: { path: string; content: string; mode: number }[]
  /** A script for the first boot only. */
  once?: string
  /** A script for each boot. */
  each?: string
  /** What could not be followed, for the guest's log. */
  fault?: string
}

/** What templates know of the instance, by cloud-init's names. */
export type Facts = Record<string, string>

/** The platform takes 32 KiB; unpacked it may be more, but not without end. */
const maxBytes = 1024 * 1024

/** What has been found so far. */
type Found = {
  config: Record<string, unknown>
  scripts: string[]
  hooks: string[]
  faults: string[]
}

/** Reads what the API keeps (base64, perhaps packed). Never throws: a bad one is a `fault`. */
export function readUserData(encoded: string | undefined, facts: Facts = {}): UserData {
  if (!encoded) return {}
  const found: Found = { config: {}, scripts: [], hooks: [], faults: [] }
  try {
    readText(unpack(Buffer.from(encoded, 'base64')).toString(), facts, found)
  } catch (error) {
    found.faults.push(`cannot read the user data: ${reasonOf(error)}`)
  }
  const { files, runcmd, ...data } = readCloudConfig(found.config)
  const once = together([...found.scripts, ...(runcmd ? [runcmd] : [])])
  const each = together(found.hooks)
  return {
    ...data,
    ...(files ? { files } : {}),
    ...(once === undefined ? {} : { once }),
    ...(each === undefined ? {} : { each }),
    ...(found.faults.length > 0 ? { fault: found.faults.join('; ') } : {}),
  }
}

const reasonOf = (error: unknown) =>
  error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)

const unpack = (bytes: Buffer) =>
  bytes[0] === 0x1f && bytes[1] === 0x8b
    ? gunzipSync(bytes, { maxOutputLength: maxBytes })
    : bytes

function readText(text: string, facts: Facts, found: Found): void {
  if (!isMime(text)) return readPart(cloudInitKind(text), text, facts, found)
  for (const part of mimeParts(readMime(text))) {
    const content = decodedBody(part)
    readPart(partKind(part.type, content), content, facts, found)
  }
}

function decodedBody({ encoding, body }: MimePart): string {
  if (encoding === 'base64') return unpack(Buffer.from(body, 'base64')).toString()
  if (encoding !== 'quoted-printable') return body
  const latin = body
    .replaceAll(/[ \t]*=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  return Buffer.from(latin, 'latin1').toString()
}

const cannot: Partial<Record<CloudInitKind, string>> = {
  include: 'the sandbox has no network to load #include from',
  'part-handler': 'the sandbox has no Python for a #part-handler',
  'json-patch': 'the sandbox does not follow #cloud-config-jsonp',
  unknown: 'cloud-init does not understand user data that begins like this',
  multipart: 'the multipart message has no parts',
}

function readPart(kind: CloudInitKind, text: string, facts: Facts, found: Found): void {
  if (kind === 'cloud-config') {
    const config: unknown = parse(text)
    // Later parts replace what earlier ones say under the same name.
    if (isMap(config)) Object.assign(found.config, config)
    else if (config) found.faults.push('the cloud-config is not a map')
  } else if (kind === 'archive') readArchive(text, facts, found)
  else if (kind === 'jinja') readTemplate(text, facts, found)
  else if (kind === 'script') addScript(unixLines(text), found.scripts, found)
  else if (kind === 'boothook') {
    const script = unixLines(text).replace(/^#cloud-boothook/, '')
    addScript(trimmedStart(script), found.hooks, found)
  } else if (kind !== 'empty') found.faults.push(cannot[kind] ?? kind)
}

/** cloud-init starts a script as a program, which needs `#!` in its first two bytes. */
function addScript(script: string, list: string[], { faults }: Found): void {
  if (script.startsWith('#!')) list.push(script)
  else faults.push('Exec format error. Missing #! in script?')
}

function readArchive(text: string, facts: Facts, found: Found): void {
  const entries: unknown = parse(text)
  if (!Array.isArray(entries)) {
    found.faults.push('the archive is not a list')
    return
  }
  for (const entry of entries) {
    const part = typeof entry === 'string' ? { content: entry } : entry
    if (!isMap(part)) continue
    const content = textOf(part['content']) ?? ''
    const type = textOf(part['type'])
    const kind = type ? partKind(type, content) : partKind('text/plain', content)
    // What says nothing of itself is cloud-config here.
    readPart(!type && kind === 'unknown' ? 'cloud-config' : kind, content, facts, found)
  }
}

/** Variables alone are filled in; the rest of Jinja is more than a sandbox needs. */
function readTemplate(text: string, facts: Facts, found: Found): void {
  const body = trimmedStart(text).replace(/^[^\n]*\n?/, '')
  const rendered = body
    .replaceAll(/\{#[\s\S]*?#\}/g, '')
    .replaceAll(/\{\{-?\s*([\w.-]+)\s*-?\}\}/g, (_, name: string) => {
      const plain = name.replace(/^v1\./, '').replaceAll('-', '_')
      return facts[plain] ?? `CI_MISSING_JINJA_VAR/${name}`
    })
  if (/\{[{%]/.test(rendered)) found.faults.push('the sandbox fills in variables alone')
  else readPart(cloudInitKind(rendered), rendered, facts, found)
}

/** Scripts one after the other, each as a program of its own. */
function together(scripts: readonly string[]): string | undefined {
  if (scripts.length < 2) return scripts[0]
  let end = 'end-of-part'
  while (scripts.some((script) => script.includes(end))) end += '-'
  const parts = scripts.map((script, index) => {
    const name = `/run/identity/part-${index + 1}`
    return `cat >${name} <<'${end}'\n${script.replace(/\n?$/, '\n')}${end}\nchmod 700 ${name}\n${name}\n`
  })
  return `#!/bin/sh\n${parts.join('')}`
}

type Config = Pick<UserData, 'hostname' | 'motd' | 'files'> & { runcmd?: string }

function readCloudConfig(config: Record<string, unknown>): Config {
  const { hostname, fqdn, write_files: written, runcmd } = config
  const name = textOf(hostname) ?? textOf(fqdn)
  const files = (Array.isArray(written) ? written : []).flatMap(fileOf)
  const motd = files.find(({ path }) => path === 'etc/motd')
  const lines = (Array.isArray(runcmd) ? runcmd : []).flatMap(commandOf)
  return {
    ...(name === undefined ? {} : { hostname: name }),
    ...(motd ? { motd: motd.content } : {}),
    files: files.filter((file) => file !== motd),
    ...(lines.length > 0 ? { runcmd: `#!/bin/sh\n${lines.join('\n')}\n` } : {}),
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
