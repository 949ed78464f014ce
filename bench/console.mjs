// `npm run bench:console [measure…]` measures what an instance's screen costs and how fast
// it is. It prints one line for each figure: the number of its row in
// docs/performance.md#the-console, what, figure, limit, verdict. Each measure is a file of
// `bench/console/` whose `measure` returns rows; to add one, write a file. Ratios are from
// one run of one measure.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { build, install, root } from '../tools/install.mjs'
import { print } from './figures.mjs'

await install('test')
await build()
const names = readdirSync(join(root, 'bench', 'console'))
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.replace('.mjs', ''))
  .toSorted()
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(
    `No measure is called ${unknown.join(' or ')}. There are: ${names.join(', ')}.`,
  )
  process.exit(2)
}
let over = 0
for (const name of wanted.length > 0 ? wanted : names) {
  const { measure } = await import(`./console/${name}.mjs`)
  let rows
  try {
    rows = await measure()
  } catch (error) {
    const [why] = String(error).split('\n')
    rows = [{ target: '–', what: name, figure: `failed: ${why}`, limit: '', ok: false }]
  }
  for (const row of rows) {
    if (row.ok === false) over += 1
    print(row)
  }
}
process.exitCode = over > 0 ? 1 : 0
