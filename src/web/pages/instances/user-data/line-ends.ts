/**
 * Keeps the line ends of a text that is edited: text areas and editors know LF alone, and would turn
 * every CRLF into it.
 */

/** The text as fields show it. */
export const withLf = (text: string): string => text.replaceAll(/\r\n?/g, '\n')

/** Whether a line ends with something else than LF. */
export const hasOtherEnds = (text: string): boolean => text.includes('\r')

function linesOf(text: string): { lines: string[]; ends: string[] } {
  const parts = text.split(/(\r\n|\r|\n)/)
  return {
    lines: parts.filter((_, index) => index % 2 === 0),
    ends: parts.filter((_, index) => index % 2 === 1),
  }
}

/** How many lines two lists have in common at their beginning. */
function common(a: readonly string[], b: readonly string[], most: number): number {
  let count = 0
  while (count < most && a[count] === b[count]) count += 1
  return count
}

/**
 * The edited text with the line ends of `before`: lines that were not touched keep theirs, and a new
 * line ends as the one above it.
 */
export function keepLineEnds(before: string, edited: string): string {
  if (!hasOtherEnds(before)) return edited
  const old = linesOf(before)
  const lines = withLf(edited).split('\n')
  const shorter = Math.min(old.lines.length, lines.length)
  const first = common(old.lines, lines, shorter)
  const last = common(old.lines.toReversed(), lines.toReversed(), shorter - first)
  const added = lines.length - old.lines.length
  let end = old.ends[0] ?? '\n'
  return lines
    .map((line, index) => {
      if (index === lines.length - 1) return line
      const fromEnd = index + 1 >= lines.length - last
      const kept = index < first ? old.ends[index] : fromEnd ? old.ends[index - added] : end
      end = kept ?? end
      return line + end
    })
    .join('')
}
