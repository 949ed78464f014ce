// What a call through the server costs more than the same call without it, beside nginx and the least that a server
// in Node can do. Each instance is asked for once, so that no answer is shared; then many ask for the same one.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import { atLeast, atMost, median, told } from '../figures.mjs'
import { startNginx } from '../load/nginx.mjs'
import { found, says, start, withPrograms } from '../load/programs.mjs'
import { startVedette } from '../load/vedette.mjs'

const here = (file) => join(import.meta.dirname, '../load', file)
const rounds = Number(process.env.ROUNDS ?? 5)
const roundSeconds = Number(process.env.SECONDS ?? 3)

function wrk({ port, cookie }, { prefix, suffix = '', method = 'GET', connections, same }) {
  const out = execFileSync(
    found('wrk'),
    [
      '-t1',
      `-c${connections}`,
      `-d${roundSeconds}s`,
      '-s',
      here('random-ids.lua'),
      `http://127.0.0.1:${port}`,
    ],
    {
      env: {
        PREFIX: prefix,
        SUFFIX: suffix,
        METHOD: method,
        ...(same ? { SAME: '1' } : {}),
        ...(cookie ? { COOKIE: cookie } : {}),
      },
      encoding: 'utf8',
    },
  )
  const result = JSON.parse(out.trim().split('\n').at(-1))
  if (result.failed > 0) throw new Error(`${result.failed} requests failed at ${port}.`)
  return result
}

const loads = {
  'alone, 1 KB': { size: 'a', connections: 1 },
  'alone, 1 MB': { size: 'b', connections: 1 },
  '32 at once, 1 KB': { size: 'a', connections: 32 },
  '8 at once, 1 MB': { size: 'b', connections: 8 },
  'the same 1 KB, 32 at once': { size: 'a', connections: 32, same: true },
  'the same 1 MB, 8 at once': { size: 'b', connections: 8, same: true },
  '32 changes at once': { size: 'a', connections: 32, method: 'PUT', suffix: ':reboot' },
}

/** Medians by load and server; the servers take turns, so that a slow moment hits all. */
function compare(servers) {
  const results = {}
  for (const [load, { size, ...options }] of Object.entries(loads)) {
    const all = Object.fromEntries(Object.keys(servers).map((name) => [name, []]))
    for (let round = 0; round < rounds; round += 1)
      for (const [name, server] of Object.entries(servers))
        all[name].push(
          wrk(server, { ...options, prefix: `${server.path}/instance/${size}` }),
        )
    results[load] = Object.fromEntries(
      Object.entries(all).map(([name, figures]) => [
        name,
        Object.fromEntries(
          ['p50', 'p99', 'perSecond'].map((key) => [
            key,
            median(figures.map((one) => one[key])),
          ]),
        ),
      ]),
    )
  }
  return results
}

export const measure = () =>
  withPrograms(async (later) => {
    const zone = later(start(process.execPath, [here('zone.mjs')]))
    const port = await says(zone, /at (\d+)/)
    const nginx = later(await startNginx(port))
    const bare = later(start(process.execPath, [here('bare.mjs'), port]))
    const ours = later(await startVedette(port))
    const results = compare({
      direct: { port, path: '/v2' },
      nginx: { port: nginx.port, path: '/v2' },
      bare: { port: await says(bare, /at (\d+)/), path: '/v2' },
      ours: { port: ours.port, cookie: ours.cookie, path: '/api/zones/one' },
    })
    const rows = Object.entries(results).flatMap(([load, servers]) =>
      Object.entries(servers).map(([name, { p50, p99, perSecond }]) =>
        told(
          5,
          `${load}: ${name}`,
          `${p50.toFixed(2)} / ${p99.toFixed(1)} ms, ${perSecond.toFixed(0)} /s`,
        ),
      ),
    )
    const added = (load) => {
      const { direct, bare, ours: own } = results[load]
      return (own.p50 - direct.p50) / (bare.p50 - direct.p50)
    }
    const share = (load) => results[load].ours.perSecond / results[load].bare.perSecond
    return [
      ...rows,
      atMost(
        5,
        'added to 1 KB, of what the bare stream adds',
        added('alone, 1 KB'),
        2,
        '×',
        2,
      ),
      atMost(
        5,
        'added to 1 MB, of what the bare stream adds',
        added('alone, 1 MB'),
        2,
        '×',
        2,
      ),
      atLeast(
        5,
        'reads of 1 KB, 32 at once, of the bare stream’s',
        share('32 at once, 1 KB'),
        0.5,
        '×',
        2,
      ),
      atLeast(
        5,
        'reads of the same 1 KB, 32 at once, of the bare stream’s',
        share('the same 1 KB, 32 at once'),
        0.5,
        '×',
        2,
      ),
      told(
        5,
        'audited changes, 32 at once (bench:store: without the zone)',
        `${results['32 changes at once'].ours.perSecond.toFixed(0)} /s`,
      ),
    ]
  })
