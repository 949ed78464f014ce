/** Finds YAML errors in cloud-config; loaded together with the editor. */
import type { MessageDescriptor } from '@lingui/core'
import { LineCounter, parseDocument } from 'yaml'

import { i18n } from '../../../i18n.ts'

// A descriptor instead of a macro, because tests read this without a build.
const notMap: MessageDescriptor = /*i18n*/ {
  id: 'cloud-config.not-map',
  message: 'cloud-config must contain keys with values.',
}

export type YamlProblem = { line: number; message: string }

/** The errors by line, from 1; only the first of each line. */
export function yamlProblems(text: string): YamlProblem[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const found = document.errors.map(({ pos: [from], message }) => ({
    line: lines.linePos(from).line,
    message: message.replace(/\.?$/, '.'),
  }))
  const top = document.errors.length === 0 ? document.toJS({ maxAliasCount: 100 }) : null
  const isMap = top === null || (typeof top === 'object' && !Array.isArray(top))
  // cloud-init reads names and values at the top, and ignores everything else.
  if (!isMap) found.push({ line: 2, message: i18n._(notMap) })
  const seen = new Set<number>()
  return found.filter(({ line }) => !seen.has(line) && seen.add(line))
}
