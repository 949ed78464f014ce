// A line that is cut, one that dies in silence, and one that is slow.
import { atMost, median, p95, seconds, told } from '../figures.mjs'
import { onStage } from '../stage.mjs'

const cuts = [
  [0, 6, 1_000],
  [50, 5, 2_000],
]
const holes = 3

export const measure = () =>
  onStage({}, async (stage) => {
    const { front } = stage
    const page = await stage.newPage()
    await stage.openScreen(page, 'ours')
    const screen = page.locator('[role=application]')
    const rows = []

    for (const [roundTripMs, rounds, limit] of cuts) {
      front.roundTripMs = roundTripMs
      const took = []
      const asked = front.asked.length
      for (let round = 0; round < rounds; round += 1) {
        // Live for ten seconds, and the next loss is the first again.
        await seconds(10.5)
        const next = Number(await screen.getAttribute('data-attempt')) + 1
        const living = page.waitForSelector(
          `[data-attempt="${next}"][data-connection=open]`,
        )
        const began = performance.now()
        front.terminate()
        await living
        took.push(performance.now() - began)
      }
      const where = roundTripMs ? `, over ${roundTripMs} ms` : ''
      const tickets = new Set(front.asked.slice(asked)).size
      rows.push(
        atMost(2, `cut line → living picture${where}, p95 of ${rounds}`, p95(took), limit),
        told(2, '  tickets for it', `${tickets} for ${rounds} cuts`),
      )
    }

    const spans = { unstable: [], lost: [], back: [] }
    front.roundTripMs = 0
    for (let round = 0; round < holes; round += 1) {
      // As above.
      await seconds(10.5)
      const began = performance.now()
      front.dig()
      await page.getByText('Unstable', { exact: true }).waitFor()
      spans.unstable.push(performance.now() - began)
      await page.waitForSelector('[data-connection=reconnecting]')
      spans.lost.push(performance.now() - began)
      await seconds(1)
      const mended = performance.now()
      front.mend()
      await page.waitForSelector('[data-connection=open]')
      spans.back.push(performance.now() - mended)
    }
    rows.push(
      atMost(
        3,
        `black hole → “Unstable”, worst of ${holes}`,
        Math.max(...spans.unstable),
        4_000,
      ),
      atMost(3, '  → reconnecting, worst', Math.max(...spans.lost), 9_000),
      atMost(3, '  mended → living picture, worst', Math.max(...spans.back), 2_000),
    )

    for (const roundTripMs of [0, 50, 200]) {
      front.roundTripMs = roundTripMs
      const shown = []
      await seconds(8)
      for (let look = 0; look < 5; look += 1) {
        shown.push(
          Number.parseInt(
            await page
              .getByText(/^\d+ ms$/)
              .first()
              .innerText(),
            10,
          ),
        )
        await seconds(0.5)
      }
      const off = Math.abs(median(shown) - roundTripMs)
      const limit = Math.max(5, roundTripMs / 10)
      rows.push(
        atMost(
          9,
          `latency shown over ${roundTripMs} ms: ${median(shown)} ms, off by`,
          off,
          limit,
        ),
      )
    }
    return rows
  })
