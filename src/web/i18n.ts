import { i18n, type MessageDescriptor } from '@lingui/core'

import { formatTag, type Language } from '#contract/languages.ts'

/**
 * The messages of each language that are there by now. English is the source language: where no build took
 * it out of the code (vite.texts.ts), it needs no catalogue.
 */
export const catalogues: Record<Language, Record<string, string>> = {
  en: {},
  de: {},
  fr: {},
}

// Messages with placeholders were compiled by the build; the others are plain text.
i18n.setMessagesCompiler((message) => [message])
i18n.load(catalogues)

/**
 * Swiss numbers are grouped by ’ everywhere. Browsers and Node versions disagree about it in
 * French, and the server's first page must show what the browser will show.
 */
export function numberFormat(locale: string): (value: number) => string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  if (!locale.endsWith('-CH')) return (value) => format.format(value)
  return (value) =>
    format
      .formatToParts(value)
      .map((part) => (part.type === 'group' ? '’' : part.value))
      .join('')
}
let number = numberFormat('en')

/** Every number that is shown, in the language of the page. */
export const formatNumber = (value: number): string => number(value)

type Values = NonNullable<MessageDescriptor['values']>

/**
 * The values of a message, with each number in words as well: `#count` is what `#` in a plural of `count` was
 * compiled to (vite.texts.ts). Lingui itself would group digits as the browser does.
 */
function withNumbers(values: Values | undefined): Values | undefined {
  const numbers = Object.entries(values ?? {}).flatMap(([name, value]) =>
    typeof value === 'number' ? [[`#${name}`, formatNumber(value)]] : [],
  )
  return numbers.length ? { ...values, ...Object.fromEntries(numbers) } : values
}

const translate = i18n._.bind(i18n)
i18n._ = (id: MessageDescriptor | string, values?: Values, options?: object) =>
  typeof id === 'string'
    ? translate(id, withNumbers(values), options)
    : translate({ ...id, values: withNumbers(id.values) })
// Lingui's own other name of it.
i18n.t = i18n._

/** Shows the page in a language, with numbers and dates as a reader of `preferred` tags writes them. */
export function speak(language: Language, preferred: readonly string[]): void {
  const tag = formatTag(language, preferred)
  number = numberFormat(tag)
  i18n.activate(language, tag)
}
speak('en', [])

export { i18n }
