// `npm run bench:web`: how long from the navigation to the first rows of the list, against the
// bare floor of the same stack with the same data, in the same run and by the same server. The floor
// asks for the data when its script runs, as a plain page does; the list comes inside the page, and
// when the program has taken its place is printed as well. Rounds
// alternate between the pages, each in a fresh browser profile; medians of nine count. Then come lists of three
// sizes beside another build (many-rows.mjs); `ONLY=rows` measures nothing else.
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import react from '@vitejs/plugin-react'
import { build as viteBuild } from 'vite'

import { compress } from '../tools/compress.mjs'
import { build, install, root } from '../tools/install.mjs'
import { median } from './figures.mjs'
import { firstRows, keystroke } from './list-page.mjs'
import { manyRows } from './many-rows.mjs'
import { openBrowser } from './stage.mjs'

const rounds = Number(process.env.ROUNDS ?? 9)
const scratch = join(root, '.cache', 'bench')

/** The empty page where our server looks for pages: beside a copy of itself. */
async function buildEmpty() {
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(join(scratch, 'dist'), { recursive: true })
  await viteBuild({
    configFile: false,
    root: join(root, 'bench', 'empty'),
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir: join(scratch, 'dist', 'web'), target: 'es2022', modulePreload: false },
  })
  cpSync(join(root, 'dist', 'server'), join(scratch, 'dist', 'server'), { recursive: true })
  cpSync(join(root, 'package.json'), join(scratch, 'package.json'))
  await compress(scratch)
}

/** Starts a built server; answers its address and how to end it. */
async function serve(folder, instances) {
  const child = spawn(process.execPath, [join(folder, 'dist/server/main.js')], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      LOG_LEVEL: 'silent',
      SANDBOX_MACHINES: 'painted',
      SANDBOX_INSTANCES: String(instances),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /running at (http:\S+)/.exec(line)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', () => reject(new Error('the server did not start')))
  })
  // The zones' first answers are the server's start, not the page's.
  await fetch(`${url}/api/inventory`)
  return { url, end: () => child.kill() }
}

function report(what, value, budget, unit = '') {
  const verdict = value <= budget ? 'within' : 'OVER'
  console.log(
    `${what.padEnd(52)} ${value.toFixed(unit === '×' ? 2 : 0)}${unit}  (budget ${budget}${unit}) ${verdict}`,
  )
}

/** The list beside the smallest page that shows the same rows. */
async function besideFloor(browser) {
  await buildEmpty()
  const servers = {
    empty: await serve(scratch, 1_000),
    thousand: await serve(root, 1_000),
    tenThousand: await serve(root, 10_000),
  }
  try {
    for (const slowdown of [1, 4]) {
      const times = { empty: [], thousand: [], tenThousand: [] }
      const own = []
      let nodes = 0
      for (let round = 0; round < rounds; round += 1) {
        for (const [name, { url }] of Object.entries(servers)) {
          const seen = await firstRows(browser, url, slowdown)
          times[name].push(seen.ms)
          if (name === 'thousand') own.push(seen.own)
          if (name === 'tenThousand') nodes = Math.max(nodes, seen.nodes)
        }
      }
      const [empty, thousand, tenThousand] = Object.values(times).map(median)
      console.log(
        `${slowdown}× CPU: floor ${empty.toFixed(0)} ms, 1,000 rows ${thousand.toFixed(0)} ms, 10,000 rows ${tenThousand.toFixed(0)} ms`,
      )
      console.log(`the program itself, 1,000 rows: ${median(own).toFixed(0)} ms`)
      report(
        `first rows against the floor, ${slowdown}×`,
        thousand / empty,
        slowdown === 1 ? 1.3 : 1.4,
        '×',
      )
      report(`10,000 rows against 1,000, ${slowdown}×`, tenThousand / thousand, 1.3, '×')
      const { ms: key } = await keystroke(browser, servers.tenThousand.url, {
        slowdown,
        rounds,
      })
      report(
        `key in the search → rows, 10,000 rows, ${slowdown}×`,
        key,
        slowdown === 1 ? 33 : 120,
        ' ms',
      )
      if (slowdown === 1) report('DOM nodes of the list, 10,000 rows', nodes, 700)
    }
  } finally {
    for (const server of Object.values(servers)) server.end()
  }
}

await install('test')
await build()
const browser = await openBrowser()
try {
  if (process.env.ONLY !== 'rows') await besideFloor(browser)
  await manyRows(browser)
} finally {
  await browser.close()
}
