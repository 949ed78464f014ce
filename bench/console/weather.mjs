// A day of weather: 200 faults of all kinds in twenty minutes against one open console of a real guest,
// while a person types every two seconds. WEATHER_FAULTS, WEATHER_MINUTES and WEATHER_SEED change that.
import { randomOf } from '../../src/server/testing/test-random.ts'
import { atMost, p95, seconds, told } from '../figures.mjs'
import { onStage } from '../stage.mjs'
import { clockShape, startClock, watchClock } from '../weather/clock.mjs'
import { faults } from '../weather/faults.mjs'
import { Person } from '../weather/person.mjs'

const count = Number(process.env.WEATHER_FAULTS ?? 200)
const minutes = Number(process.env.WEATHER_MINUTES ?? 20)
const seed = Number(process.env.WEATHER_SEED ?? 1)
const typeEvery = 2
/** Seconds that an image may be old where the page says Connected. */
const oldest = 5
/** A person notices, and the page tries again, within this many seconds after a fault. */
const backWithin = 60

/** In turns, so that every kind comes as often, in another order each time. */
function plan(chance) {
  const kinds = []
  while (kinds.length < count)
    kinds.push(
      ...Object.keys(faults)
        .map((kind) => [chance(), kind])
        .toSorted(([a], [b]) => a - b)
        .map(([, kind]) => kind),
    )
  return kinds.slice(0, count)
}

/** A page with the screen, that notes what it shows. */
async function openScreen({ app, at, browser }, clock) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.addInitScript(watchClock, clock)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable')
  await page.goto(`${app.url}/instances/${at.zone}/${at.id}/console`)
  await page.waitForSelector('[data-connection=open]', { timeout: 30_000 })
  const heap = async () => {
    for (let round = 0; round < 3; round += 1)
      await devtools.send('HeapProfiler.collectGarbage')
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'JSHeapUsedSize').value / 1e6
  }
  return { page, heap }
}

/** The person types until it is stopped. */
function typeUntil(person) {
  const stop = new AbortController()
  const typing = (async () => {
    while (!stop.signal.aborted) {
      // A page that can't be clicked now is looked at again in the next turn.
      await person.turn(randomOf(person.typed.length).next).catch(() => {})
      await seconds(typeEvery)
      person.look()
    }
  })()
  return () => {
    stop.abort()
    return typing
  }
}

/** Whether the page has said since then that it is connected, with the machine's own image. */
const isBack = (page, since) =>
  page.evaluate((from) => {
    const last = window.weather.at(-1)
    return last?.at > from && last.said === 'Connected' && last.clock !== undefined
  }, since)

/** Plays all faults; returns when each began and how long the screen took to come back. */
async function storm(stage, page) {
  const chance = randomOf(seed).next
  const every = (minutes * 60) / count
  const began = performance.now()
  const happened = []
  for (const [index, kind] of plan(chance).entries()) {
    await seconds(Math.max(0, began / 1_000 + index * every - performance.now() / 1_000))
    const from = Date.now() / 1_000
    // One in four lasts longer than anything may look alive without being it.
    const lasts = chance() < 0.25 ? 4 + chance() * 8 : 0.5 + chance() * 2.5
    await faults[kind]({ ...stage, page, chance }, lasts)
    const over = Date.now() / 1_000
    const since = () => Date.now() / 1_000 - over
    while (!(await isBack(page, over)) && since() < backWithin) await seconds(0.1)
    happened.push({ kind, from, took: since(), isBack: since() < backWithin })
    if (since() >= backWithin) await page.reload()
  }
  return happened
}

/** How old the image was at each note that says Connected, in seconds. */
function agesOf(notes) {
  // The guest's clock began at another moment; the freshest image of all is taken to be fresh.
  const offset = Math.min(
    ...notes.filter(({ clock }) => clock !== undefined).map(({ at, clock }) => at - clock),
  )
  return notes
    .filter(({ said, clock }) => said === 'Connected' && clock !== undefined)
    .map((note) => ({ ...note, age: note.at - note.clock - offset }))
}

/** Says what explains a row that is over, and how each kind went. */
function explain(happened, ages, person) {
  for (const { at, age } of ages.filter((one) => one.age > oldest).slice(0, 10)) {
    const last = happened.findLast(({ from }) => from <= at)
    console.error(`an image of ${age.toFixed(1)} s under Connected after: ${last?.kind}`)
  }
  for (const kind of Object.keys(faults)) {
    const times = happened.filter((one) => one.kind === kind).map(({ took }) => took)
    const worst = Math.max(0, ...times).toFixed(1)
    console.error(`${kind.padEnd(28)} ${times.length} ×, back after ${worst} s at most`)
  }
  for (const said of [...person.doubled, ...person.changed]) console.error(said)
}

export const measure = () =>
  onStage({ guest: { typed: true, keyDelayMs: 10 } }, async (stage) => {
    const { guest, front } = stage
    const clock = { ...(await startClock(guest)), ...clockShape }
    const { page, heap } = await openScreen(stage, clock)
    const person = new Person(page, guest)
    const stopTyping = typeUntil(person)
    await seconds(10)
    const before = await heap()

    const happened = await storm(stage, page)
    await seconds(10)
    await stopTyping()
    await seconds(3)
    person.look()

    const grown = (await heap()) - before
    const ages = agesOf(await page.evaluate(() => window.weather))
    explain(happened, ages, person)
    const age = Math.max(...ages.map((one) => one.age))
    const lost = happened.filter((one) => !one.isBack).length
    const back = p95(happened.map(({ took }) => took))
    const kinds = Object.keys(faults).length
    return [
      told('W', `faults of ${kinds} kinds, seed ${seed}`, `${count}`),
      atMost('W', '  the oldest image under Connected', age, oldest, 's', 1),
      atMost('W', '  never connected again', lost, 0, ''),
      told('W', '  connected again after the fault, p95', `${back.toFixed(1)} s`),
      told('W', '  letters typed, and lost', `${person.typed.length}, ${person.lost}`),
      atMost('W', '  letters that arrived twice', person.doubled.length, 0, ''),
      atMost('W', '  letters changed by a key held', person.changed.length, 0, ''),
      told('W', '  times that a button was pressed', `${person.pressed}`),
      atMost('W', '  sockets at the end', front.open, 1, ''),
      atMost('W', '  heap more', grown, 10, 'MB', 1),
    ]
  })
