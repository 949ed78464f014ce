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

/** A name that can be said aloud and is a good host name: `calm-otter-3`. */
export function friendlyName(random: () => number = Math.random): string {
  const pick = (words: string[]) => words[Math.floor(random() * words.length)] ?? 'new'
  return `${pick(moods)}-${pick(animals)}-${1 + Math.floor(random() * 9)}`
}

/**
 * What can be a host name as it is (docs/platform.md#names): the platform takes more, a
 * guest may not.
 */
export function isHostName(name: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)
}
