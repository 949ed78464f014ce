/**
 * Lighthouse's marks for the pages that people open first, with 1,000 instances (docs/decisions/0039). Each run's marks
 * are in the report of the tests.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import lighthouse, { desktopConfig, type Flags, type Result } from 'lighthouse'

import { freePort } from '../src/server/testing/free-port.ts'
import { expect, test } from './app.ts'
import { openInstance } from './vocabulary.ts'

/** What the mark for performance must reach; the others have to be 100. */
const bar = 95
/** Other work on the machine can only lower the mark, so beside it more runs are made. */
const mostRuns = 5

const flags: Flags = {
  logLevel: 'error',
  onlyCategories: ['performance', 'accessibility', 'best-practices'],
  disableFullPageScreenshot: true,
}

const mark = ({ categories }: Result, category: string): number =>
  Math.round((categories[category]?.score ?? 0) * 100)

/** The audits that take something from a mark, with the first thing that each found. */
const faults = ({ categories, audits }: Result, category: string): string[] =>
  (categories[category]?.auditRefs ?? [])
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
    .map(({ id }) => {
      const { title, displayValue = '', details } = audits[id] ?? {}
      const [first] = (details?.type === 'table' && details.items) || []
      return `${id}: ${title} ${displayValue} ${JSON.stringify(first?.['node'] ?? '')}`
    })

/** The second best mark for performance: of three runs, the median. One alone counts if it reaches the bar. */
function performanceOf(reports: readonly Result[]): number {
  const marks = reports.map((report) => mark(report, 'performance'))
  const [first = 0, second = 0] = marks.toSorted((a, b) => b - a)
  return marks.length === 1 ? first : second
}

/** An event of Chromium's trace; times in µs, of which the thread had a processor for `tdur`. */
type TraceEvent = {
  name: string
  pid: number
  tid: number
  ts: number
  dur?: number
  tdur?: number
  args?: { data?: { documentLoaderURL?: string } }
}

/** How much of the time of its tasks a page had a processor, from 0 to 1: the rest was other work of the machine. */
function processorShare(folder: string, address: string): number {
  const file = join(folder, 'defaultPass.trace.json')
  // Chromium's own format.
  const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as {
    traceEvents: TraceEvent[]
  }
  const start = traceEvents.findLast(
    ({ name, args }) =>
      name === 'navigationStart' && args?.data?.documentLoaderURL === address,
  )
  if (!start) throw new Error(`the trace has no start of ${address}`)
  const tasks = traceEvents.filter(
    ({ name, pid, tid, ts }) =>
      name === 'RunTask' && pid === start.pid && tid === start.tid && ts > start.ts,
  )
  const sum = (length: 'dur' | 'tdur') =>
    tasks.reduce((all, task) => all + (task[length] ?? 0), 0)
  return Math.min(1, sum('tdur') / sum('dur'))
}

/** Loads the page, and judges it as if it had had a processor for itself. */
async function judge(address: string, port: number, folder: string): Promise<Result> {
  await lighthouse(address, { ...flags, port, gatherMode: folder }, desktopConfig)
  const share = processorShare(folder, address)
  const throttling = {
    ...desktopConfig.settings?.throttling,
    cpuSlowdownMultiplier: share,
  }
  // Lighthouse judges with the settings it has loaded the page with, and no others.
  const file = join(folder, 'artifacts.json')
  // Lighthouse's own format.
  const artifacts = JSON.parse(readFileSync(file, 'utf8')) as { settings: Flags }
  artifacts.settings.throttling = throttling
  writeFileSync(file, JSON.stringify(artifacts))
  const done = await lighthouse(
    address,
    { ...flags, port, auditMode: folder, throttling },
    desktopConfig,
  )
  if (!done) throw new Error('Lighthouse gave no report')
  const marks = Object.keys(done.lhr.categories).map(
    (category) => `${category} ${mark(done.lhr, category)}`,
  )
  const description = `${marks.join(', ')}, with ${Math.round(share * 100)} % of a processor`
  test.info().annotations.push({ type: 'lighthouse', description })
  return done.lhr
}

test.use({ settings: { SANDBOX_INSTANCES: '1000' } })

for (const [name, addressOf] of [
  ['the overview', () => '/'],
  ['the list', () => '/instances'],
  ['an instance', (instance: string) => instance],
  ['a console', (instance: string) => instance.replace('/instances/', '/console/')],
] as const)
  test(`Lighthouse finds ${name} quick, and no fault in it @alone`, async ({
    page,
    playwright,
    launchOptions,
  }, info) => {
    test.setTimeout(mostRuns * 80_000)
    await openInstance(page, 'web-01')
    const { pathname, origin } = new URL(page.url())
    const address = origin + addressOf(pathname)
    // A page that is open beside it takes part of the processor.
    await page.close()
    const port = await freePort()
    const browser = await playwright.chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`],
    })
    const reports: Result[] = []
    do reports.push(await judge(address, port, info.outputPath(`run-${reports.length}`)))
    while (performanceOf(reports) < bar && reports.length < mostRuns)
    await browser.close()

    for (const report of reports) {
      expect(report.runtimeError).toBeUndefined()
      expect(faults(report, 'accessibility')).toEqual([])
      expect(mark(report, 'accessibility')).toBe(100)
      expect(faults(report, 'best-practices')).toEqual([])
      expect(mark(report, 'best-practices')).toBe(100)
    }
    const slow = reports.map((report) => faults(report, 'performance').join('\n'))
    expect(performanceOf(reports), slow.join('\n\n')).toBeGreaterThanOrEqual(bar)
    // Traces of several megabytes, which only a failed test needs.
    rmSync(info.outputPath(), { recursive: true, force: true })
  })
