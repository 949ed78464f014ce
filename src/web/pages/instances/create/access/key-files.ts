/** Remembers in this browser which file has the private half of a key that was made in it. */
const slot = 'vedette.key-files'
const mostKept = 50

function read(): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(slot) ?? '{}')
    const entries = Object.entries(Object(kept) as Record<string, unknown>) // no object has no entries
    return Object.fromEntries(
      entries.filter((one): one is [string, string] => typeof one[1] === 'string'),
    )
  } catch {
    return {}
  }
}

/** The file of a key's private half; undefined for one that wasn't made here. */
export const fileOfKey = (name: string): string | undefined =>
  Object.entries(read()).find(([key]) => key === name)?.[1]

export function rememberKeyFile(name: string, file: string): void {
  const others = Object.entries(read()).filter(([key]) => key !== name)
  try {
    const kept = [...others, [name, file]].slice(-mostKept)
    localStorage.setItem(slot, JSON.stringify(Object.fromEntries(kept)))
  } catch {
    // Without a store, the page only can't name the file.
  }
}
