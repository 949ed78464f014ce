// Runs the measures of a folder: each is a file whose `measure` returns rows; to add one, write a file.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { build, install, root } from '../tools/install.mjs'
import { print } from './figures.mjs'

/** Measures what the arguments name, or all of `bench/<folder>`, and prints each figure in a line. */
export async function measureAll(folder) {
  await install('test')
  await build()
  const names = readdirSync(join(root, 'bench', folder))
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
    const { measure } = await import(`./${folder}/${name}.mjs`)
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
}
