import { expect, test } from 'vitest'

import css from '../styles/app.css?raw'
import { tokens } from '../styles/tokens.ts'
import { hues } from './label-colors.ts'

test('the stylesheet has a rule for each color, with its tone on its tint', () => {
  const rules = [...css.matchAll(/\[data-hue='([a-z]+)'\] \{([^}]*)\}/g)]

  expect(rules.map(([, hue]) => hue)).toEqual([...hues])
  for (const [, hue, rule] of rules) {
    expect(rule).toContain(`background: var(--tone-${hue}-tint);`)
    expect(rule).toContain(` color: var(--tone-${hue});`)
  }
})

test('each color has a tone and a tint, whose contrast is measured with those of states', () => {
  const names = Object.keys(tokens)

  for (const hue of hues)
    expect(names).toEqual(expect.arrayContaining([hue, `${hue}-tint`]))
})
