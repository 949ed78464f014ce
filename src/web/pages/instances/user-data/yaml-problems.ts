/** Loaded together with the editor: whether cloud-config is YAML, and where it is not. */
import { LineCounter, parseDocument } from 'yaml'

export type YamlProblem = { line: number; message: string }

/** What is wrong, by line from 1; only the first of each line. */
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
  if (!isMap)
    found.push({ line: 2, message: 'cloud-config must contain keys with values.' })
  const seen = new Set<number>()
  return found.filter(({ line }) => !seen.has(line) && seen.add(line))
}
