// A thousand browsers that follow the feed for five minutes, on a server with sign-in: how long a change takes to reach
// all of them, what that costs in memory, and how often the zone's list is asked for. `BROWSERS` and `SECONDS` change it.
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { atMost, told } from '../figures.mjs'
import { residentMiB, says, start, withPrograms } from '../load/programs.mjs'
import { startVedette } from '../load/vedette.mjs'

const here = (file) => join(import.meta.dirname, '../load', file)
const browsers = Number(process.env.BROWSERS ?? 1_000)
const forSeconds = Number(process.env.SECONDS ?? 300)

export const measure = () =>
  withPrograms(async (later) => {
    const zone = later(start(process.execPath, [here('zone.mjs')]))
    const port = await says(zone, /at (\d+)/)
    const server = later(await startVedette(port, { env: { LOG_LEVEL: 'error' } }))
    const lists = async () => {
      const asked = await (await fetch(`http://127.0.0.1:${port}/asked`)).json()
      return asked['GET /instance'] ?? 0
    }
    const args = [here('browsers.mjs'), server.origin, server.cookie, browsers, forSeconds]
    const pages = later(start(process.execPath, args.map(String)))
    let most = 0
    let before = 0
    const timer = setInterval(() => {
      most = Math.max(most, residentMiB(server.pid))
    }, 1_000)
    let result
    for await (const line of createInterface({ input: pages.child.stdout })) {
      if (line === 'all open') before = await lists()
      result = /^result (.+)/.exec(line)?.[1]
      if (result) break
    }
    clearInterval(timer)
    const asked = (await lists()) - before
    const { changes, p50, p99, missing, ended } = JSON.parse(result)
    return [
      told(
        5,
        `changes, to ${browsers} browsers each, median`,
        `${changes}, ${p50.toFixed(0)} ms`,
      ),
      atMost(5, 'a change, from the click to the last browsers (p99)', p99, 500),
      atMost(5, 'changes that did not arrive', missing, 0, ''),
      atMost(5, 'feeds that ended', ended, 0, ''),
      atMost(5, 'memory of the server, at most', most, 250, 'MB'),
      atMost(5, 'lists of the zone in 15 s', asked / (forSeconds / 15), 10, '', 1),
    ]
  })
