import type { Skipped, Plan } from './plan.ts'

/** Names for control characters that people paste without knowing it. */
const controlNames: Record<string, string> = {
  '\0': 'NUL',
  '\u0007': 'BEL',
  '\b': 'BS',
  '\u000b': 'VT',
  '\f': 'FF',
  '\u001b': 'ESC',
  '\u007f': 'DEL',
}

/** A character as people can see it, with its number where it has no shape. */
function visible(character: string): string {
  const point = character.codePointAt(0) ?? 0
  const number = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  if (/^[\p{C}\p{Z}\p{M}]$/u.test(character))
    return [controlNames[character], number].filter(Boolean).join(' ')
  return character
}

/** What is left out, each once and how often, the most frequent first. */
export function leftOut(skipped: readonly Skipped[]): { text: string; times: number }[] {
  const counts = new Map<string, number>()
  for (const { character } of skipped)
    counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts]
    .map(([character, times]) => ({ text: visible(character), times }))
    .sort((a, b) => b.times - a.times)
}

/** How many characters only a text console of Linux can take, because they go by number. */
export const byNumber = ({ units }: Plan): number =>
  units.filter(({ letGo }) => letGo).length

type Piece = { text: string; out: boolean }

/** The beginning of a text, cut where something is left out. */
export function pieces(text: string, skipped: readonly Skipped[], most: number): Piece[] {
  const characters = [...text].slice(0, most)
  const out = new Set(skipped.map(({ at }) => at))
  const found: Piece[] = []
  characters.forEach((character, at) => {
    const isOut = out.has(at)
    const last = found.at(-1)
    const shown = isOut ? visible(character) : character === '\t' ? '→' : character
    if (last && last.out === isOut) last.text += shown
    else found.push({ text: shown, out: isOut })
  })
  return found
}
