/** Reads a command as a shell and exo read it, for tests. */
import { exoRules } from './exo-rules.ts'

/** The words of a line, as a POSIX shell splits and unquotes them; nothing else is supported. */
export function shellWords(line: string): string[] {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? ''
    if (char === "'") {
      const end = line.indexOf("'", at + 1)
      if (end < 0) throw new Error('a quote is not closed')
      word = (word ?? '') + line.slice(at + 1, end)
      at = end
    } else if (char === '\\') {
      word = (word ?? '') + (line[at + 1] ?? '')
      at += 1
    } else if (char === ' ') {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (/[\w@%+=:,./-]/.test(char)) word = (word ?? '') + char
    else throw new Error(`a shell would not take ${JSON.stringify(char)} as it is`)
  }
  if (word !== undefined) words.push(word)
  return words
}

/** The lines of a script; a line feed inside quotes ends none. */
export function shellLines(script: string): string[] {
  const lines: string[] = []
  let line = ''
  let quoted = false
  for (const char of script) {
    const isQuote = char === "'" && !line.startsWith('#')
    if (isQuote && (quoted || !line.endsWith('\\'))) quoted = !quoted
    if (char === '\n' && !quoted) {
      lines.push(line)
      line = ''
    } else line += char
  }
  return [...lines, line].filter((one) => one !== '' && !one.startsWith('#'))
}

/** One record of CSV, strictly: a quote inside a field has to be doubled and the field quoted. */
export function csvRecord(text: string): string[] {
  const fields: string[] = []
  let rest = text
  for (;;) {
    const found = /^(?:"((?:[^"]|"")*)"|([^",\n\r]*))(,|$)/.exec(rest)
    if (!found) throw new Error(`not CSV: ${rest}`)
    // In a quoted field, CSV readers make a line feed of the two.
    fields.push(
      (found[1]?.replaceAll('""', '"') ?? found[2] ?? '').replaceAll('\r\n', '\n'),
    )
    rest = rest.slice(found[0].length)
    if (found[3] === '') return fields
  }
}

/** A flag of key and value; with a single `=` only the quotes at both ends go. */
function pairs(text: string): [string, string][] {
  const count = text.split('=').length - 1
  if (count === 0) throw new Error(`${text} has no =`)
  const fields = count === 1 ? [text.replaceAll(/^"+|"+$/g, '')] : csvRecord(text)
  return fields.map((field) => {
    const at = field.indexOf('=')
    if (at < 0) throw new Error(`${field} has no =`)
    return [field.slice(0, at), field.slice(at + 1)]
  })
}

export type Parsed = {
  words: string
  args: string[]
  /** Text, number, boolean, list or map, as the kind of the flag is. */
  flags: Record<string, unknown>
}

/** The rule of a command: the longest words that begin it. */
function ruleOf(words: readonly string[]) {
  for (let length = 4; length > 0; length -= 1) {
    const name = words.slice(0, length).join(' ')
    const rule = exoRules[name]
    if (rule) return { name, rule, length }
  }
  throw new Error(`exo has no command ${words.slice(0, 4).join(' ')}`)
}

/** What exo understands of a command; throws where it would refuse it. */
export function parseExo(line: string): Parsed {
  const [program, ...words] = shellWords(line)
  if (program !== 'exo') throw new Error(`not a command of exo: ${line}`)
  const { name, rule, length } = ruleOf(words)
  const args: string[] = []
  const flags: Record<string, unknown> = {}
  const rest = words.slice(length)
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') args.push(...rest.splice(0))
    else if (!word.startsWith('-')) args.push(word)
    else readFlag(word, rest, flags, rule.flags)
  }
  const repeated = rule.args.at(-1)?.endsWith('...') ?? false
  const fits = repeated ? args.length >= rule.args.length : args.length === rule.args.length
  if (!fits) throw new Error(`${name} takes ${rule.args.join(' ')}, not ${args.join(' ')}`)
  if (args.includes('')) throw new Error(`${name} has an empty argument`)
  return { words: name, args, flags }
}

function readFlag(
  word: string,
  rest: string[],
  flags: Record<string, unknown>,
  kinds: Readonly<Record<string, string>>,
): void {
  const [, flag = '', given] = /^--([\w-]+)(?:=([\s\S]*))?$/.exec(word) ?? []
  const kind = kinds[flag]
  if (!kind) throw new Error(`no flag ${word}`)
  if (kind === 'switch') {
    flags[flag] = given === undefined || given === 'true'
    return
  }
  const value = given ?? rest.shift()
  if (value === undefined) throw new Error(`${word} needs a value`)
  if (kind === 'number') {
    if (!/^\d+$/.test(value)) throw new Error(`${word} needs a number, not ${value}`)
    flags[flag] = Number(value)
  } else if (kind === 'list') {
    const before = (flags[flag] ?? []) as string[] // of this kind of flag
    flags[flag] = [...before, ...csvRecord(value)]
  } else if (kind === 'map') {
    const before = flags[flag] as object | undefined // of this kind of flag
    flags[flag] = { ...before, ...Object.fromEntries(pairs(value)) }
  } else flags[flag] = value
}
