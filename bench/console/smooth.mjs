// How many pictures a second are painted: of thirty from a server of ours, packed and unpacked, and of what a
// QEMU machine sends whose screen never rests, by our page and by noVNC's own in turns. And how long the page
// is busy with a message of a thousand small updates.
import { RfbServer } from '../../e2e/rfb-server.ts'
import { atLeast, atMost, median, seconds } from '../figures.mjs'
import { onStage } from '../stage.mjs'

const rounds = Number(process.env.ROUNDS ?? 4)
const span = 5

async function watch(stage, who) {
  const page = await stage.newPage()
  await stage.openScreen(page, who)
  await seconds(1)
  const read = () =>
    page.evaluate(() => {
      const { draws, commits, longTasks } = window.bench
      return {
        draws,
        commits,
        longest: Math.max(0, ...longTasks.splice(0)),
        at: performance.now(),
      }
    })
  const before = await read()
  await seconds(span)
  const after = await read()
  await page.context().close()
  const passed = (after.at - before.at) / 1_000
  return {
    painted: (after.draws - before.draws) / passed,
    commits: (after.commits - before.commits) / Math.max(1, after.draws - before.draws),
    longest: after.longest,
  }
}

async function inTurns(stage) {
  const runs = { novnc: [], ours: [] }
  for (let round = 0; round < rounds; round += 1)
    for (const who of ['novnc', 'ours']) runs[who].push(await watch(stage, who))
  const of = (who, what) => runs[who].map((run) => run[what])
  return {
    ours: median(of('ours', 'painted')),
    novnc: median(of('novnc', 'painted')),
    longest: Math.max(...of('ours', 'longest')),
    commits: Math.max(...of('ours', 'commits')),
  }
}

/** Calls `paint` so often a second, by the clock: pauses alone would drift. */
const serve = (perSecond, paint) => async (socket) => {
  const server = await RfbServer.greet(socket, 1_280, 800)
  const began = performance.now()
  for (let sent = 0; socket.readyState === socket.OPEN; sent += 1) {
    await paint(server, 64 + (sent % 128))
    const next = began + ((sent + 1) * 1_000) / perSecond
    await seconds(Math.max(0, (next - performance.now()) / 1_000))
  }
}

const packed = serve(30, (server, shade) => server.paintPacked(shade))
/** 123 MB a second. What the viewer has not taken is not sent once more. */
const unpacked = serve(30, (server, shade) => {
  if (server.waitingBytes < 8_000_000) server.paint(shade)
})
const small = serve(1, (server, shade) => server.paintOften(1_000, shade))

export const measure = () =>
  onStage({}, async (stage) => {
    await stage.guest.inside(
      `setsid sh -c 'echo $$ >/tmp/busy; i=0; while :; do i=$((i+1)); echo $i $i $i $i; done' >/dev/tty1 2>&1 </dev/null &`,
    )
    const busy = await inTurns(stage)
    await stage.guest.inside('kill $(cat /tmp/busy)')
    stage.front.manner = { kind: 'own', serve: packed }
    const even = await inTurns(stage)
    stage.front.manner = { kind: 'own', serve: unpacked }
    const raw = await inTurns(stage)
    stage.front.manner = { kind: 'own', serve: small }
    const often = await inTurns(stage)
    return [
      atLeast(
        8,
        `painted of 30/s at 1280 × 800; noVNC’s page ${even.novnc.toFixed(1)}`,
        even.ours,
        28,
        '/s',
        1,
      ),
      atMost(8, '  the longest task', even.longest, 100),
      atMost(8, '  React commits for each picture', even.commits, 0.1, '', 3),
      atLeast('S2', '  of noVNC’s page', (100 * even.ours) / even.novnc, 98, '%'),
      atLeast(
        'S2',
        `unpacked, 123 MB a second, painted ${raw.ours.toFixed(1)}/s; of noVNC’s page`,
        raw.ours / raw.novnc,
        1.2,
        'times',
        2,
      ),
      atMost('S2', '  the longest task', raw.longest, 50),
      atMost('S2', '1,000 small updates in a message, the longest task', often.longest, 50),
      atLeast(
        'S2',
        `painted of a busy QEMU machine, ${busy.ours.toFixed(1)}/s; of noVNC’s page`,
        (100 * busy.ours) / busy.novnc,
        98,
        '%',
      ),
    ]
  })
