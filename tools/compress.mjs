// Writes .br and .gz beside every built text file, so that serving one costs no time.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const web = new URL('../dist/web/', import.meta.url)
for (const name of readdirSync(web, { recursive: true })) {
  if (!/\.(js|css|html|svg|json)$/.test(name)) continue
  const file = new URL(name, web)
  const bytes = readFileSync(file)
  if (bytes.length < 1024) continue
  writeFileSync(`${file.pathname}.br`, brotliCompressSync(bytes))
  writeFileSync(`${file.pathname}.gz`, gzipSync(bytes, { level: 9 }))
}
