/** Builds a line of exo: its words, its arguments, and flags as exo reads them. */
import type { Call, Naming } from '../call.ts'
import type { Note } from './notes.ts'

/** A word, quoted so that every POSIX shell reads it literally. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  return `'${text.replaceAll("'", `'\\''`)}'`
}

export type Flag = [name: string, value?: string]

/** One command, with its arguments in the order that it takes them. */
export type Command = { words: string; names: readonly string[]; flags: readonly Flag[] }

/** What a call is for exo; without a command, the notes say why. */
export type Written = { commands: Command[]; notes: Note[] }

export type Writer = (call: Call, naming: Naming) => Written | null

/** The commands that ask whether they shall go on, unless they are forced. */
const asking: ReadonlySet<string> = new Set([
  'compute instance delete',
  'compute instance enable-tpm',
  'compute instance reboot',
  'compute instance reset',
  'compute instance resize-disk',
  'compute instance scale',
  'compute instance snapshot delete',
  'compute instance snapshot revert',
  'compute instance start',
  'compute instance stop',
  'compute block-storage delete',
  'compute block-storage detach',
  'compute instance-pool evict',
  'compute security-group delete',
  'compute security-group rule delete',
  'compute ssh-key delete',
])

/** A command as a line; `force` where nobody is there to answer its question. */
export function lineOf({ words, names, flags }: Command, force: boolean): string {
  const all: Flag[] = force && asking.has(words) ? [...flags, ['force']] : [...flags]
  const given = all.map(([name, value]) =>
    value === undefined ? `--${name}` : `--${name} ${shellWord(value)}`,
  )
  const args = names.map(shellWord)
  // What begins with a dash would be read as a flag.
  const dashed = names.some((name) => name.startsWith('-'))
  const parts = dashed ? [...given, '--', ...args] : [...args, ...given]
  return ['exo', words, ...parts].join(' ')
}

/** A flag with its value, or none where there is no value. */
export const flag = (name: string, value: string | number | null | undefined): Flag[] =>
  value === undefined || value === null ? [] : [[name, String(value)]]

/** A flag without a value. */
export const flagIf = (name: string, on: boolean | undefined): Flag[] =>
  on ? [[name]] : []

/** A switch that is on or off, or none where neither is asked. */
export const toggle = (name: string, on: boolean | undefined): Flag[] =>
  on === undefined ? [] : [[on ? name : `${name}=false`]]

/** A text as one field of the CSV that exo splits lists by. */
export const csvField = (text: string): string =>
  /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

export const written = (
  words: string,
  names: readonly string[],
  flags: readonly Flag[],
  notes: Note[] = [],
): Written => ({ commands: [{ words: `compute ${words}`, names, flags }], notes })
