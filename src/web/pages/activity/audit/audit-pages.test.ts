import { expect, test } from 'vitest'

import { AUDIT_PAGE, type AuditEntry, type AuditPage } from '#contract/audit/audit.ts'

import { withNewest, type AuditPages } from './audit-pages.ts'

/** A page with the entries from one row down to another. */
const page = (from: number, to: number, changes: Partial<AuditPage> = {}): AuditPage => ({
  entries: Array.from({ length: from - to + 1 }, (_, at): AuditEntry => ({
    entry: `e${from - at}`,
    event: 'stop-instance',
    seq: from - at,
    at: 0,
    parts: 0,
  })),
  more: true,
  people: [],
  days: 400,
  ...changes,
})

const pagesOf = (...pages: AuditPage[]): AuditPages => ({
  pages,
  pageParams: pages.map((_, at) =>
    at === 0 ? undefined : pages[at - 1]?.entries.at(-1)?.seq,
  ),
})

const told = ({ pages, pageParams }: AuditPages) => ({
  rows: pages.flatMap(({ entries }) => entries.map(({ seq }) => seq)),
  sizes: pages.map(({ entries }) => entries.length),
  more: pages.map(({ more }) => more),
  pageParams,
})

const down = (from: number, to: number) => page(from, to).entries.map(({ seq }) => seq)

test('what is new stands before the older pages, none of which is lost', () => {
  const old = pagesOf(page(300, 201), page(200, 150, { more: false }))
  expect(told(withNewest(old, page(303, 204)))).toEqual({
    rows: down(303, 150),
    sizes: [AUDIT_PAGE, 54],
    more: [true, false],
    pageParams: [undefined, 204],
  })
})

test('what no longer fits the filters is gone, and what has changed is as it is now', () => {
  const old = pagesOf(page(300, 201), page(200, 101))
  const newest = page(300, 200)
  newest.entries.splice(5, 1)
  const joined = withNewest(old, newest)
  expect(told(joined).rows).not.toContain(295)
  expect(told(joined).rows.length).toBe(199)
  expect(told(joined).more).toEqual([true, true])
})

test('where all entries fit one page, it is all there is', () => {
  const old = pagesOf(page(300, 298, { more: false }))
  const joined = withNewest(old, page(301, 300, { more: false }))
  expect(told(joined)).toEqual({
    rows: [301, 300],
    sizes: [2],
    more: [false],
    pageParams: [undefined],
  })
  const none = withNewest(old, page(0, 1, { more: false }))
  expect(told(none)).toMatchObject({ rows: [], sizes: [0], more: [false] })
})

test('if more is new than a page has, the older ones are left, since some are missing between', () => {
  const old = pagesOf(page(300, 201), page(200, 101))
  expect(told(withNewest(old, page(500, 401)))).toMatchObject({
    rows: down(500, 401),
    more: [true],
  })
})

test('it says how the log is now, on every page', () => {
  const check = { at: 5, rows: 9 }
  const joined = withNewest(
    pagesOf(page(300, 201)),
    page(301, 202, { check, people: ['Ana'] }),
  )
  expect(joined.pages.map(({ check: own, people }) => [own, people])).toEqual([
    [check, ['Ana']],
    [check, ['Ana']],
  ])
})
