// A line that is cut, that dies in silence, and that is slow.
import { p95 } from '../bench-console.mjs'

const rounds = 8

export async function measure(bench) {
  const context = await bench.newContext()
  const page = await context.newPage()
  await bench.openScreen(page, 'ours')
  const screen = page.locator('[role=application]')
  const status = (value) =>
    page.locator(`[data-connection=${value}]`).waitFor({ timeout: 30_000 })
  const rows = []

  const back = []
  for (let round = 0; round < rounds; round += 1) {
    const next = Number(await screen.getAttribute('data-attempt')) + 1
    const began = Date.now()
    bench.front.terminate()
    await page.locator(`[data-attempt="${next}"][data-connection=open]`).waitFor()
    back.push(Date.now() - began)
    // Live for ten seconds, and the next loss is the first again; the first two pauses are short.
    await page.waitForTimeout(10_500)
  }
  rows.push({
    what: 'cut line → living picture, p95',
    target: '≤ 1,000 ms',
    figure: `${p95(back)} ms`,
    ok: p95(back) <= 1_000,
  })

  for (const ms of [0, 50, 200]) {
    bench.front.roundTripMs = ms
    await page.waitForTimeout(9_000)
    const shown = await page
      .getByText(/^\d+ ms$/)
      .first()
      .textContent()
    const off = Number.parseInt(shown ?? '', 10) - ms
    rows.push({
      what: `latency shown over ${ms} ms`,
      target: '± 10 % or 5 ms',
      figure: shown ?? '–',
      ok: Math.abs(off) <= Math.max(5, ms / 10),
    })
  }
  bench.front.roundTripMs = 0

  bench.front.dig()
  const began = Date.now()
  await page.getByText('Unstable', { exact: true }).waitFor({ timeout: 20_000 })
  const unstable = Date.now() - began
  await status('reconnecting')
  const lost = Date.now() - began
  bench.front.mend()
  const mended = Date.now()
  await status('open')
  const live = Date.now() - mended
  await context.close()
  return [
    ...rows,
    {
      what: 'black hole → “unstable”',
      target: '≤ 4,000 ms',
      figure: `${unstable} ms`,
      ok: unstable <= 4_000,
    },
    {
      what: 'black hole → reconnecting',
      target: '≤ 9,000 ms',
      figure: `${lost} ms`,
      ok: lost <= 9_000,
    },
    {
      what: '  mended → living picture',
      target: '≤ 2,000 ms',
      figure: `${live} ms`,
      ok: live <= 2_000,
    },
  ]
}
