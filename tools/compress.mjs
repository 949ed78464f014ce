// Writes .br and .gz beside every built text file of the repository, or of the folder that is
// given, so that serving one costs no time.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))
const web = join(root, 'dist', 'web')
for (const name of readdirSync(web, { recursive: true })) {
  if (!/\.(js|css|html|svg|json)$/.test(name)) continue
  const file = join(web, name)
  const bytes = readFileSync(file)
  if (bytes.length < 1024) continue
  writeFileSync(`${file}.br`, brotliCompressSync(bytes))
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
}
