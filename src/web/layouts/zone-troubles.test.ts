import { expect, test } from 'vitest'

import type { ZoneHealth } from '#contract/feed.ts'

import { citiesOf, groupTroubles } from './zone-troubles.ts'

const down = (zone: string, code: string, at?: number): ZoneHealth => ({
  zone,
  status: 'down',
  problem: { code, message: `${code} said` },
  ...(at ? { at } : {}),
})

test('zones that are down for one reason are one trouble', () => {
  const troubles = groupTroubles([
    down('ch-gva-2', 'bad-credentials'),
    { zone: 'at-vie-1', status: 'ok' },
    down('ch-dk-2', 'bad-credentials'),
    down('de-fra-1', 'zone-timeout', 5),
  ])

  expect(troubles.map(({ code, zones }) => [code, citiesOf(zones)])).toEqual([
    ['bad-credentials', 'Geneva and Zurich'],
    ['zone-timeout', 'Frankfurt'],
  ])
  expect(troubles[0]?.problems.map(({ message }) => message)).toEqual([
    'bad-credentials said',
    'bad-credentials said',
  ])
})

test('the data is as old as its oldest part, and has no age if a part is missing', () => {
  const dated = groupTroubles([
    down('ch-gva-2', 'zone-timeout', 9),
    down('ch-dk-2', 'zone-timeout', 4),
  ])
  const partly = groupTroubles([
    down('ch-gva-2', 'zone-timeout', 9),
    down('ch-dk-2', 'zone-timeout'),
  ])

  expect(dated[0]?.at).toBe(4)
  expect(partly[0]?.at).toBeUndefined()
})
