/** Describes what of a text can't be typed, and what only Linux text consoles take. */
import type { Skipped, Plan } from './plan.ts'

/** Names of control characters that people paste without noticing; they are never translated. */
const controlNames: Record<string, string> = {
  '\0': 'NUL',
  '\u0007': 'BEL',
  '\b': 'BS',
  '\u000b': 'VT',
  '\f': 'FF',
  '\u001b': 'ESC',
  '\u007f': 'DEL',
}

/** A character in a visible form: an invisible one by its code point. */
function visible(character: string): string {
  const point = character.codePointAt(0) ?? 0
  const number = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  if (/^[\p{C}\p{Z}\p{M}]$/u.test(character))
    return [controlNames[character], number].filter(Boolean).join(' ')
  return character
}

/** The skipped characters with their number, the most frequent first. */
export function skippedOnce(
  skipped: readonly Skipped[],
): { text: string; times: number }[] {
  const counts = new Map<string, number>()
  for (const { character } of skipped)
    counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts]
    .map(([character, times]) => ({ text: visible(character), times }))
    .sort((a, b) => b.times - a.times)
}

/** How many characters are typed by their code, which works only in Linux text consoles. */
export const byCode = ({ units }: Plan): number => units.filter(({ letGo }) => letGo).length

type Piece = { text: string; out: boolean }

/** The beginning of a text, cut where something is skipped. */
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
