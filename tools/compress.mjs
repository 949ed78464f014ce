// Writes .br and .gz beside every built text file, so that serving one costs no time.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Compresses the build of the repository, or of the folder that is given. */
export async function compress(folder = root) {
  const web = join(folder, 'dist', 'web')
  const names = await readdir(web, { recursive: true })
  // Node compresses in threads of its own, several files at the same time.
  await Promise.all(
    names
      .filter((name) => /\.(js|css|html|svg|json)$/.test(name))
      .map(async (name) => {
        const file = join(web, name)
        const bytes = await readFile(file)
        if (bytes.length < 1024) return
        await Promise.all([
          brotli(bytes).then((packed) => writeFile(`${file}.br`, packed)),
          zip(bytes, { level: 9 }).then((packed) => writeFile(`${file}.gz`, packed)),
        ])
      }),
  )
}
