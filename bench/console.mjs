// `npm run bench:console [measure…]`: what a machine's screen costs and how fast it is, against the
// targets of vnc.md 5.4 and against noVNC's own class on a bare page, in one run with the same QEMU
// machine behind the same proxy. Each measure is a file of `bench/console/`: its `measure`
// takes the bench and answers rows. To add one, write a file; nothing else has to know it.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { build, install, root } from '../tools/install.mjs'
import { openBench } from './bench-console.mjs'

await install()
await build()
const wanted = process.argv.slice(2)
const files = readdirSync(join(root, 'bench', 'console')).filter((name) =>
  name.endsWith('.mjs'),
)
const bench = await openBench()
let over = 0
try {
  console.log(`machines: ${bench.machines}`)
  for (const file of files.toSorted()) {
    const name = file.replace('.mjs', '')
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const { measure } = await import(`./console/${file}`)
    const rows = await measure(bench).catch((error) => [
      { what: name, figure: `failed: ${String(error).split('\n')[0]}`, ok: false },
    ])
    for (const { what, target = '', figure, ok } of rows) {
      if (ok === false) over += 1
      const verdict = ok === undefined ? '' : ok ? 'within' : 'OVER'
      console.log(`${what.padEnd(52)} ${target.padEnd(24)} ${figure.padEnd(34)} ${verdict}`)
    }
  }
} finally {
  await bench.close()
}
process.exitCode = over > 0 ? 1 : 0
