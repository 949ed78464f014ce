// From the click to the first picture: cold in a fresh profile, warm for the second time in it; and the
// JavaScript that was loaded for it, over the wire.
import { median, p95 } from '../bench-console.mjs'

const rounds = 5

async function once(bench, who) {
  const context = await bench.newContext()
  const page = await context.newPage()
  const cold = await bench.openScreen(page, who)
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\.js($|\?)/.test(name))
      .map(({ transferSize }) => transferSize),
  )
  const warm = await bench.openScreen(page, who)
  await context.close()
  return { cold, warm, files: scripts.length, bytes: scripts.reduce((a, b) => a + b, 0) }
}

export async function measure(bench) {
  const runs = { ours: [], bare: [] }
  await once(bench, 'ours')
  for (let round = 0; round < rounds; round += 1)
    for (const who of ['ours', 'bare']) runs[who].push(await once(bench, who))
  const of = (who, what) => runs[who].map((run) => run[what])
  const both = (what, unit, scale = 1) => {
    const [ours, bare] = ['ours', 'bare'].map((who) => median(of(who, what)) / scale)
    return {
      ours,
      bare,
      figure: `${ours.toFixed(0)}${unit}, noVNC ${bare.toFixed(0)}${unit}`,
    }
  }
  const cold = both('cold', ' ms')
  const warm = both('warm', ' ms')
  const bytes = both('bytes', ' kB', 1_000)
  const files = both('files', '')
  const slow = p95(of('ours', 'cold'))
  bench.front.roundTripMs = 50
  const far = []
  for (let round = 0; round < rounds; round += 1) far.push((await once(bench, 'ours')).cold)
  bench.front.roundTripMs = 0
  return [
    {
      what: 'click → first picture, cold, p95',
      target: '≤ 400 ms',
      figure: `${slow} ms`,
      ok: slow <= 400,
    },
    {
      what: '  over a 50 ms round trip, p95',
      target: '≤ 900 ms',
      figure: `${p95(far)} ms`,
      ok: p95(far) <= 900,
    },
    {
      what: '  cold, beside noVNC’s page',
      target: 'twice as soon',
      figure: cold.figure,
      ok: cold.ours * 2 <= cold.bare,
    },
    {
      what: '  warm, beside noVNC’s page',
      target: 'no later',
      figure: warm.figure,
      ok: warm.ours <= warm.bare,
    },
    {
      what: 'JavaScript on the way there',
      target: 'no more',
      figure: bytes.figure,
      ok: bytes.ours <= bytes.bare,
    },
    {
      what: 'requests for JavaScript',
      target: 'no more',
      figure: files.figure,
      ok: files.ours <= files.bare,
    },
  ]
}
