// How much one processor carries of screens: the same recording through our relay, nginx and websockify. Each has a
// processor of its own; the screens and their viewers share the other. Counted is the processor's time that a
// relay uses, so that the other side is no limit.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { freePort } from '../../src/server/testing/free-port.ts'
import { atLeast, mean, median, seconds, told } from '../figures.mjs'
import { startNginx } from '../load/nginx.mjs'
import { found, listens, processorSeconds, says, start } from '../load/programs.mjs'
import { record } from '../load/recording.mjs'
import { fileOf } from '../load/updates.mjs'
import { startVedette } from '../load/vedette.mjs'

const here = (file) => join(import.meta.dirname, '../load', file)
const rounds = Number(process.env.ROUNDS ?? 3)
const measuredSeconds = Number(process.env.SECONDS ?? 5)
const relayCore = 0
const otherCore = 1
const instance = '10000000-0000-4000-8000-000000000001'
const connections = { flood: 2, paced: 24 }

const starts = {
  async ours(web) {
    const zone = start(process.execPath, [here('zone.mjs'), web], { core: otherCore })
    const env = { CONSOLE_VIA: 'relay', CONSOLE_HOSTS: '127.0.0.1:*', LOG_LEVEL: 'error' }
    const server = await startVedette(await says(zone, /at (\d+)/), {
      core: relayCore,
      env,
    })
    return {
      pid: server.pid,
      async address() {
        const headers = { cookie: server.cookie, origin: server.origin }
        const answer = await fetch(`${server.origin}/api/zones/one/console/${instance}`, {
          method: 'POST',
          headers: { ...headers, 'x-vedette': '1' },
        })
        const { url } = await answer.json()
        if (!answer.ok) throw new Error(`No ticket: ${answer.status}`)
        return { url: new URL(url, server.origin.replace('http', 'ws')).href, headers }
      },
      async stop() {
        await server.stop()
        await zone.stop()
      },
    }
  },
  async nginx(web) {
    const program = await startNginx(web, { websocket: true, core: relayCore })
    return { ...program, address: async () => ({ url: `ws://127.0.0.1:${program.port}/` }) }
  },
  async websockify(_web, plain) {
    const port = await freePort()
    const program = start(
      found('websockify'),
      [`127.0.0.1:${port}`, `127.0.0.1:${plain}`],
      {
        core: relayCore,
      },
    )
    await listens(port)
    return { ...program, address: async () => ({ url: `ws://127.0.0.1:${port}/` }) }
  },
}

/** What a relay carries at this pace: bytes, and its processor's seconds for them. */
async function carried(relay, count) {
  const viewers = start(process.execPath, [here('viewers.mjs')], {
    core: otherCore,
    asks: true,
  })
  const lines = createInterface({ input: viewers.child.stdout })
  const ask = async (line) => {
    viewers.child.stdin.write(`${line}\n`)
    const [answer] = await once(lines, 'line')
    return /got (\d+) over (\d+)/.exec(answer)
  }
  try {
    const addresses = []
    for (let index = 0; index < count; index += 1) addresses.push(await relay.address())
    await ask(JSON.stringify(addresses))
    await seconds(1)
    const before = Number((await ask('bytes'))[1])
    const used = processorSeconds(relay.pid)
    await seconds(measuredSeconds)
    const [, after, open] = await ask('bytes')
    if (Number(open) !== count) throw new Error(`${count - open} screens were lost.`)
    return { bytes: after - before, seconds: processorSeconds(relay.pid) - used }
  } finally {
    await viewers.stop()
  }
}

async function compare(file, pace) {
  const screens = start(process.execPath, [here('screens.mjs'), file, pace], {
    core: otherCore,
  })
  const [web, plain] = (await says(screens, /at (.+)/)).split(' ')
  const all = {}
  try {
    for (let round = 0; round < rounds; round += 1)
      for (const [name, begin] of Object.entries(starts)) {
        const relay = await begin(web, plain)
        try {
          all[name] ??= []
          all[name].push(await carried(relay, connections[pace]))
        } finally {
          await relay.stop()
        }
      }
  } finally {
    await screens.stop()
  }
  return all
}

export async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-relays-'))
  try {
    const updates = await record(10)
    const size = mean(updates.map((update) => update.length))
    const file = join(folder, 'recording')
    writeFileSync(file, fileOf(updates))
    const flood = await compare(file, 'flood')
    const paced = await compare(file, 'paced')
    const megabytes = (name) =>
      median(flood[name].map((one) => one.bytes / one.seconds / 1_000_000))
    /** A screen is what 30 updates a second are. */
    const screens = (name) =>
      median(paced[name].map((one) => one.bytes / size / 30 / one.seconds))
    const names = Object.keys(starts)
    const ratio = (of, what, name, floor) =>
      atLeast(5, `${what} a core, of ${name}’s`, of('ours') / of(name), floor, '×', 2)
    return [
      told(
        5,
        'the recording: updates, mean size',
        `${updates.length}, ${(size / 1_000).toFixed(1)} kB`,
      ),
      ...names.map((name) =>
        told(
          5,
          `${name}, a core`,
          `${megabytes(name).toFixed(0)} MB/s, ${screens(name).toFixed(0)} screens`,
        ),
      ),
      ratio(megabytes, 'megabytes', 'nginx', 0.5),
      ratio(megabytes, 'megabytes', 'websockify', 3),
      ratio(screens, 'screens', 'nginx', 0.5),
      ratio(screens, 'screens', 'websockify', 3),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}
