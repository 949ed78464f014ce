/**
 * Checks whether the typed text is on the screen, as the text lens reads it. If not, it finds the layout in which the same keys type what is there.
 */
import type { LayoutTable } from './layout.ts'
import type { LayoutName } from './layouts-known.ts'
import { readAs } from './read-as.ts'
import type { Unit } from './stroke.ts'

/** What the lens reads; its own type has more. */
export type Reading = { columns: number; lines: readonly string[] }

/** What the lens shows for a shape it does not know. */
const unknownCell = '▯'
/** More would have scrolled away. */
const longest = 300

/** The end of a text that a screen could show: its last line that is not empty. */
export function lastLine(text: string): string {
  const [line = ''] = text
    .split(/[\n\t]/u)
    .filter((one) => one.trim() !== '')
    .slice(-1)
  return [...line.trim()].slice(-longest).join('')
}

/** Text consoles break lines anywhere, so the screen is searched as one long line. */
export function holds({ columns, lines }: Reading, text: string): boolean {
  if (text === '') return false
  const screen = lines.map((line) => line.padEnd(columns)).join('')
  const pattern = [...text]
    .map((character) => {
      const escaped = character.replace(/[\\^$.*+?()[\]{}|/]/u, String.raw`\$&`)
      return character > '~' ? `(?:${escaped}|${unknownCell})` : escaped
    })
    .join('')
  return new RegExp(pattern, 'u').test(screen)
}

/** Units that end a text, as far as its last line goes. */
function lastUnits(units: readonly Unit[]): Unit[] {
  const end = units.findLastIndex(({ character }) => !'\n\t'.includes(character))
  const start = units.findLastIndex(
    ({ character }, at) => at < end && '\n\t'.includes(character),
  )
  return units.slice(start + 1, end + 1).slice(-longest)
}

/** The layouts under which these keys would have made what is on the screen. */
export function layoutsSeen(
  reading: Reading,
  units: readonly Unit[],
  tables: readonly [LayoutName, LayoutTable][],
): LayoutName[] {
  const typed = lastUnits(units)
  return tables.flatMap(([name, table]) => {
    const text = readAs(typed, table)?.trim()
    return text && holds(reading, text) ? [name] : []
  })
}
