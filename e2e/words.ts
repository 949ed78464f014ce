/** How a test says a text of the page, by its English words. Placeholders are named as in the catalogues. */

type Values = Record<string, string>

export type Words = {
  /** The whole text, with its values. */
  say(english: string, values?: Values): string
  /** Finds what begins with the text; a value that isn't given may be anything. */
  begins(english: string, values?: Values): RegExp
}

const placeholder = /\{(\w+)\}/g
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** `translate` answers the text in the language of the page, with its placeholders. */
export function wordsBy(translate: (english: string) => string): Words {
  return {
    say: (english, values = {}) =>
      translate(english).replaceAll(placeholder, (_all, name: string) => {
        const value = values[name]
        if (value === undefined) throw new Error(`“${english}” needs a value for ${name}`)
        return value
      }),
    begins(english, values = {}) {
      const parts = translate(english).split(placeholder)
      // Between the texts are the names of the placeholders.
      const pattern = parts.map((part, at) => {
        const value = at % 2 === 0 ? part : values[part]
        return value === undefined ? '.+' : escaped(value)
      })
      return new RegExp(`^${pattern.join('')}`)
    },
  }
}

/** As the code has them. */
export const english = wordsBy((text) => text)
