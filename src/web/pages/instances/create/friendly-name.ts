const moods = [
  'calm',
  'brave',
  'bright',
  'gentle',
  'keen',
  'lucky',
  'quiet',
  'swift',
  'warm',
]
const animals = [
  'badger',
  'heron',
  'ibex',
  'lynx',
  'marmot',
  'otter',
  'raven',
  'trout',
  'wren',
]

/** A pronounceable name that is a valid host name: `calm-otter-3`. */
export function friendlyName(random: () => number = Math.random): string {
  const pick = (words: string[]) => words[Math.floor(random() * words.length)] ?? 'new'
  return `${pick(moods)}-${pick(animals)}-${1 + Math.floor(random() * 9)}`
}

/**
 * The names that are valid host names (docs/platform.md#names): Exoscale accepts more, but an
 * operating system may not.
 */
export function isHostName(name: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)
}
