// From a key to the pixel that the machine's answer changes: by noVNC's own page, by ours, and by ours
// through the relay, in turns. The same once more with a server that answers at once, where no machine
// hides what a layer adds.
import { RfbServer } from '../../e2e/rfb-server.ts'
import { atMost, deviation, mean, median, p95, seconds, told } from '../figures.mjs'
import { onStage } from '../stage.mjs'

const whose = ['novnc', 'ours', 'relay']
const blocks = Number(process.env.ROUNDS ?? 10)
const keys = 150

async function type(stage, who, pauseMs) {
  const page = await stage.newPage()
  await stage.openScreen(page, who)
  await page.locator('canvas').first().click()
  await seconds(0.5)
  for (let index = 0; index < keys; index += 1) {
    await page.keyboard.press('8')
    await page.evaluate(() => window.bench.keyShown())
    // Not in step with the machine's own clock.
    await seconds((pauseMs * Math.random()) / 1_000)
  }
  await seconds(0.2)
  const spans = await page.evaluate(() => window.bench.keys)
  await page.context().close()
  if (spans.length < keys / 2) throw new Error(`${who}: only ${spans.length} keys showed`)
  return spans
}

async function inTurns(stage, pauseMs) {
  const spans = { novnc: [], ours: [], relay: [] }
  for (const who of whose) await type(stage, who, pauseMs)
  for (let block = 0; block < blocks; block += 1)
    for (const who of block % 2 ? whose.toReversed() : whose)
      spans[who].push(...(await type(stage, who, pauseMs)))
  return spans
}

/**
 * How much more one takes than another, with twice the error of that: a machine redraws its screen every
 * 30 ms, so a key may wait for as long, and the mean of many still carries some of it.
 */
function moreOf(spans, who, than) {
  const error = (values) => deviation(values) / Math.sqrt(values.length)
  return {
    ms: mean(spans[who]) - mean(spans[than]),
    errorMs: 2 * Math.hypot(error(spans[who]), error(spans[than])),
  }
}

/** Paints at once, whatever key comes down. */
async function echo(socket) {
  const server = await RfbServer.greet(socket, 720, 400)
  server.paint(0x40)
  let shade = 0
  socket.on('message', (bytes) => {
    if (bytes[0] !== 4 || bytes[1] !== 1) return
    shade = (shade + 16) % 128
    server.paint(64 + shade, 16, 16, 32, 32)
  })
}

export const measure = () =>
  onStage({ guest: { typed: true }, relay: true }, async (stage) => {
    const qemu = await inTurns(stage, 30)
    stage.front.manner = { kind: 'own', serve: echo }
    const bare = await inTurns(stage, 20)
    const more = (spans, who, than) => median(spans[who]) - median(spans[than])
    const { ms, errorMs } = moreOf(qemu, 'ours', 'novnc')
    const list = (spans) => whose.map((who) => median(spans[who]).toFixed(1)).join(' / ')
    return [
      atMost(
        7,
        `key → changed pixel, QEMU, median of ${qemu.ours.length}`,
        median(qemu.ours),
        60,
      ),
      atMost(7, '  p95', p95(qemu.ours), 120),
      told('S2', '  median of noVNC’s page / ours / relay', `${list(qemu)} ms`),
      atMost(7, '  more than noVNC’s page', more(qemu, 'ours', 'novnc'), 2, 'ms', 1),
      atMost(
        'S2',
        `  by the mean, good to ${errorMs.toFixed(1)} ms`,
        ms,
        Number(errorMs.toFixed(1)),
        'ms',
        1,
      ),
      atMost(
        'S5',
        '  more by the relay than straight',
        more(qemu, 'relay', 'ours'),
        1,
        'ms',
        1,
      ),
      told(7, 'key → changed pixel, a server that answers at once', `${list(bare)} ms`),
      atMost(7, '  more than noVNC’s page', more(bare, 'ours', 'novnc'), 2, 'ms', 2),
      atMost(
        'S5',
        '  more by the relay than straight',
        more(bare, 'relay', 'ours'),
        1,
        'ms',
        2,
      ),
    ]
  })
