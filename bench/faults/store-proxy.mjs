// A proxy between our server and its PostgreSQL, both reached through sockets in folders: it passes
// bytes on, or does one kind of fault with every line.
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const socketName = '.s.PGSQL.5432'

/** What PostgreSQL says to a line that it doesn’t take, as a message of its protocol. */
function refusal(code, words) {
  const fields = `SFATAL\0VFATAL\0C${code}\0M${words}\0\0`
  const head = Buffer.from('E\0\0\0\0')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, Buffer.from(fields)])
}

const refusals = {
  503: refusal('57P03', 'the database system is starting up'),
  429: refusal('53300', 'sorry, too many clients already'),
}

/**
 * What becomes of a line to the store. A clock and a redirect have no counterpart in its protocol;
 * 503 and 429 are its refusals of the same meaning.
 */
export const storeKinds = [
  '503',
  'hang',
  'trickle',
  'reset',
  'half answers',
  'garbage',
  '429',
]

export async function startStoreProxy(url) {
  const behind = join(new URL(url).searchParams.get('host'), socketName)
  const folder = mkdtempSync(join(tmpdir(), 'vedette-faults-'))
  chmodSync(folder, 0o755)
  let kind
  const lines = new Set()
  const back = (line, bytes) => {
    const { client } = line
    if (client.destroyed || client.writableEnded) return
    if (kind === undefined) return client.write(bytes)
    if (kind === 'trickle')
      return void setTimeout(() => client.write(bytes.subarray(0, 1)), 4_000)
    if (kind === 'garbage') return client.write(Buffer.alloc(64, '<html>'))
    if (kind === 'half answers') {
      client.write(bytes.subarray(0, bytes.length / 2))
      client.destroy()
    }
  }
  const server = createServer((client) => {
    const upstream = connect(behind)
    const line = { client, upstream }
    lines.add(line)
    for (const socket of [client, upstream]) {
      socket.on('error', () => {})
      socket.on('close', () => {
        lines.delete(line)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (bytes) => {
      if (kind === 'reset') return client.destroy()
      if (refusals[kind]) return client.end(refusals[kind])
      if (kind === 'hang') return
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => back(line, bytes))
  })
  server.listen(join(folder, socketName))
  await once(server, 'listening')
  return {
    url: `postgres://vedette@localhost/postgres?host=${encodeURIComponent(folder)}`,
    begin(given) {
      kind = given
      if (given === 'reset') for (const { client } of lines) client.destroy()
    },
    /** Lines that were held back are out of step, as after a fail-over: they end. */
    end() {
      kind = undefined
      for (const { client } of lines) client.destroy()
    },
    close() {
      for (const { client } of lines) client.destroy()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
