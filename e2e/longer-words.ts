/**
 * A Vedette whose English is a third longer and has accents, so that a test finds what is cut off before a
 * translator does. A proxy in front of the real server changes the catalogues; the product knows
 * nothing of it.
 */
import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath, pathToFileURL } from 'node:url'

const accents: Record<string, string> = {
  a: 'á',
  c: 'ç',
  e: 'é',
  i: 'ï',
  n: 'ñ',
  o: 'ô',
  u: 'ü',
  A: 'Â',
  E: 'É',
  O: 'Ø',
  U: 'Ü',
}

/** A text of the page, with every third letter twice. Tags and what the escapes stand for stay. */
function lengthen(text: string): string {
  let letters = 0
  return text.replaceAll(/<[^>]*>|\p{L}/gu, (part) => {
    if (part.startsWith('<')) return part
    letters += 1
    const accented = accents[part] ?? part
    return letters % 3 === 0 ? accented + accented.toLowerCase() : accented
  })
}

/** A compiled message of Lingui: a text, or texts between lists of a name, a kind and its branches. */
function longer(message: unknown): unknown {
  if (typeof message === 'string') return lengthen(message)
  if (!Array.isArray(message)) return message
  return message.map((token: unknown) => {
    if (!Array.isArray(token)) return longer(token)
    const [name, kind, branches] = token as unknown[] // a value of the message
    if (typeof branches !== 'object' || branches === null) return token
    const texts = Object.entries(branches).map(([key, text]) => [
      key,
      key === 'offset' ? text : longer(text),
    ])
    return [name, kind, Object.fromEntries(texts)]
  })
}

/** The longer texts of a catalogue of the build. */
async function longerCatalogue(path: string): Promise<string> {
  const file = fileURLToPath(new URL(`../dist/web${path}`, import.meta.url))
  const { default: texts } = (await import(pathToFileURL(file).href)) as { default: object } // vite.texts.ts
  const changed = Object.entries(texts).map(([number, text]) => [number, longer(text)])
  return `export default ${JSON.stringify(Object.fromEntries(changed))}`
}

/** Serves the program at `target` with longer texts; returns the address and the end of it. */
export async function serveLonger(
  target: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer((incoming, outgoing) => {
    const { url: path = '/', method, headers } = incoming
    if (path.startsWith('/assets/texts-en-')) {
      void longerCatalogue(path).then((text) =>
        outgoing.writeHead(200, { 'content-type': 'text/javascript' }).end(text),
      )
      return
    }
    const passed = request(new URL(path, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    outgoing.on('close', () => passed.destroy())
    incoming.pipe(passed)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // It listens on a TCP port.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
