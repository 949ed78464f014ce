/** As a search compares texts: in lower case and without accents, so that `zurich` finds Zürich. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  // Most names have no accents, and thousands are searched at each key.
  // oxlint-disable-next-line no-control-regex -- the range of ASCII
  if (/^[\0-\x7f]*$/.test(lower)) return lower
  return lower.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss')
}
