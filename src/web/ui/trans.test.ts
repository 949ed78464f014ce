import { I18nProvider } from '@lingui/react'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { i18n } from '../i18n.ts'
import { Trans } from './trans.ts'

let said: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  said = vi.spyOn(console, 'error')
})
afterEach(() => void vi.restoreAllMocks())

/** What a message shows, with these values, a bold part and a line break. */
function shown(message: unknown, values: Record<string, unknown>): string {
  // The build compiles messages, which are lists then (vite.config.ts).
  i18n.load('en', { example: message as string })
  const components = { 0: createElement('b'), 1: createElement('br') }
  const element = createElement(Trans, { id: 'example', values, components })
  return renderToStaticMarkup(createElement(I18nProvider, { i18n }, element))
}

const message = ['Stop <0>', ['name'], '</0> and ', ['other'], '?<1/>']

test.each(['web<1/>', '<0>web</0>', 'a<b', '</0>', '<2/>', '<script>', 'R&D'])(
  'the name %s is shown whole, and is no tag',
  (name) => {
    const escaped = name
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')

    expect(shown(message, { name, other: name })).toBe(
      `Stop <b>${escaped}</b> and ${escaped}?<br/>`,
    )
    expect(said).not.toHaveBeenCalled()
  },
)

test('numbers are still numbers, for plurals and as values', () => {
  expect(shown([['count'], ' of ', ['name']], { count: 3, name: 'web' })).toBe('3 of web')
})
