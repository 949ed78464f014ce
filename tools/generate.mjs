// Writes what is derived from openapi.yaml: the types and the JSON that both
// servers validate with. `--check` writes nothing and fails where the result would differ.
import { readFileSync, writeFileSync } from 'node:fs'

import openapiTS, { astToString } from 'openapi-typescript'
import { parse } from 'yaml'

const source = new URL('../src/contract/openapi/openapi.yaml', import.meta.url)
const schema = await openapiTS(source)

const results = {
  'schema.d.ts': `// Generated from openapi.yaml by \`npm run generate\`; never edited.\n${astToString(schema)}`,
  'openapi.json': `${JSON.stringify(parse(readFileSync(source, 'utf8')), null, 1)}\n`,
}

const check = process.argv.includes('--check')
const stale = []
for (const [name, text] of Object.entries(results)) {
  const target = new URL(`../src/contract/openapi/${name}`, import.meta.url)
  if (!check) writeFileSync(target, text)
  else if (readFileSync(target, 'utf8') !== text) stale.push(name)
}
if (stale.length > 0) {
  console.error(`${stale.join(' and ')} don't match openapi.yaml. Run npm run generate`)
  process.exitCode = 1
}
