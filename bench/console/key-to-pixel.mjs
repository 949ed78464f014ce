// From a key to the pixel it changes in the machine's answer.
import { median, p95 } from '../bench-console.mjs'

const keys = 40

async function type(bench, who) {
  const context = await bench.newContext()
  const page = await context.newPage()
  await bench.openScreen(page, who)
  await page.locator('canvas').click()
  for (let index = 0; index < keys; index += 1) {
    await page.keyboard.press(index % 20 === 19 ? 'Enter' : '8')
    await page.waitForTimeout(90)
  }
  const spans = await page.evaluate(() => window.keyToPixel)
  await context.close()
  if (spans.length < keys / 2)
    throw new Error(`${who}: ${keys - spans.length} keys never showed`)
  return spans
}

export async function measure(bench) {
  const bare = await type(bench, 'bare')
  const ours = await type(bench, 'ours')
  const [mine, other] = [median(ours), median(bare)]
  const figure = `${mine.toFixed(0)} ms, noVNC ${other.toFixed(0)} ms`
  return [
    { what: 'key → changed pixel, median', target: '≤ 60 ms', figure, ok: mine <= 60 },
    {
      what: '  p95',
      target: '≤ 120 ms',
      figure: `${p95(ours).toFixed(0)} ms`,
      ok: p95(ours) <= 120,
    },
    {
      what: '  more than noVNC alone',
      target: '≤ 2 ms',
      figure: `${(mine - other).toFixed(1)} ms`,
      ok: mine - other <= 2,
    },
  ]
}
