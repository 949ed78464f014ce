// From the click to the first picture: cold in a fresh profile, warm for the second time in it; here
// and over 50 ms; beside noVNC's own page at the same machine; and the JavaScript loaded for it.
import { atLeast, atMost, median, p95, told } from '../figures.mjs'
import { slowDoor } from '../slow-door.mjs'
import { onStage } from '../stage.mjs'

const rounds = Number(process.env.ROUNDS ?? 20)
/** It only tells, so it need not be as sure. */
const ownRounds = Math.ceil(rounds / 3)
const farRounds = Math.ceil(rounds / 2)

async function once(stage, who, url) {
  const page = await stage.newPage()
  const { ms: cold, files, bytes } = await stage.openScreen(page, who, url)
  const { ms: warm } = await stage.openScreen(page, who, url)
  await page.context().close()
  return { cold, warm, files, bytes }
}

export const measure = () =>
  onStage({}, async (stage) => {
    const whose = ['ours', 'window', 'novnc']
    const runs = { ours: [], window: [], novnc: [] }
    // The first time everything is new to the server too.
    for (const who of whose) await once(stage, who)
    for (let round = 0; round < rounds; round += 1)
      for (const who of whose)
        if (who !== 'window' || round < ownRounds) runs[who].push(await once(stage, who))
    const of = (who, what) => runs[who].map((run) => run[what])

    stage.front.roundTripMs = 50
    const door = await slowDoor(stage.app.url, 50)
    const far = []
    for (let round = 0; round < farRounds; round += 1)
      far.push((await once(stage, 'ours', door.url)).cold)
    stage.front.roundTripMs = 0
    door.close()

    const beside = (what, figure, scale, unit) => {
      const [ours, own, theirs] = whose.map((who) => median(of(who, what)) / scale)
      return [
        atMost(
          'S2',
          `${figure}; noVNC’s page ${theirs.toFixed(0)}`,
          ours,
          Math.round(theirs),
          unit,
        ),
        told('S2', '  the same in a window of its own', `${own.toFixed(0)} ${unit}`),
      ]
    }
    const sooner = (who) => median(of('novnc', 'cold')) / median(of(who, 'cold'))
    return [
      atMost(1, 'click → first picture, cold, p95', p95(of('ours', 'cold')), 400),
      atMost(1, '  over 50 ms, ticket 100 ms, p95', p95(far), 900),
      told(1, '  warm, p95', `${p95(of('ours', 'warm')).toFixed(0)} ms`),
      ...beside('cold', 'click → first picture, cold, median', 1, 'ms'),
      atLeast('S2', '  sooner than noVNC’s page by', sooner('ours'), 2, 'times', 2),
      told('S2', '  in a window of its own', `${sooner('window').toFixed(2)} times`),
      ...beside('warm', 'click → first picture, warm, median', 1, 'ms'),
      ...beside('bytes', 'JavaScript of the whole visit', 1_000, 'kB'),
      ...beside('files', 'requests for it', 1, ''),
    ]
  })
