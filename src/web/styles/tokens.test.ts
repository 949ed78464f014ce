import { describe, expect, test } from 'vitest'

import css from './app.css?raw'
import { stateTones, surfaces, textTones, tokens, type TokenName } from './tokens.ts'

const themes = ['light', 'dark'] as const
const isToken = (name: string): name is TokenName => name in tokens
/** The tones of states and labels, each with its tint. */
const tinted = Object.keys(tokens).flatMap((tone) => {
  const tint = `${tone}-tint`
  return isToken(tone) && isToken(tint) ? [[tone, tint] as const] : []
})
type Theme = (typeof themes)[number]

/** Relative luminance of `#rrggbb`, WCAG 2.2. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(theme: Theme, one: TokenName, other: TokenName): number {
  const [high, low] = [luminance(tokens[one][theme]), luminance(tokens[other][theme])].sort(
    (a, b) => b - a,
  )
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

test('the stylesheet declares exactly the colors of the table', () => {
  const declared = Object.fromEntries(
    [
      ...css.matchAll(/--tone-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g),
    ].map(([, name, light, dark]) => [name, { light, dark }]),
  )

  expect(declared).toEqual(tokens)
})

test('every color of the table has a utility name', () => {
  for (const name of Object.keys(tokens))
    expect(css).toContain(`--color-${name}: var(--tone-${name});`)
})

test('no color is written in the stylesheet beside the table, but black and white', () => {
  const outside = css.replaceAll(/--tone-[a-z-]+:.*;/g, '').match(/#[0-9a-fA-F]{3,8}\b/g)

  expect(new Set(outside)).toEqual(new Set(['#000', '#fff']))
})

describe.each(themes)('%s', (theme) => {
  const pairs = textTones.flatMap((tone) =>
    surfaces.map((surface) => [tone, surface] as const),
  )

  test.each(pairs)('%s on %s can be read', (tone, surface) => {
    expect(contrast(theme, tone, surface)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(tinted)('%s on %s can be read', (tone, tint) => {
    expect(contrast(theme, tone, tint)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(stateTones)('body text on the tint of %s can be read', (tone) => {
    expect(contrast(theme, 'text', `${tone}-tint`)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['accent-fill', 'danger'] as const)('white on %s can be read', (fill) => {
    expect(contrast(theme, 'on-fill', fill)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(surfaces)('the focus ring stands out from %s', (surface) => {
    expect(contrast(theme, 'focus', surface)).toBeGreaterThanOrEqual(3)
  })

  // A control is filled with `surface` even in a hovered or selected row, so what its border
  // must stand out from there is its own inside.
  test.each(['bg', 'surface', 'sunken'] as const)(
    'a control stands out from %s',
    (surface) => {
      expect(contrast(theme, 'control', surface)).toBeGreaterThanOrEqual(3)
    },
  )
})
