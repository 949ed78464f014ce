/**
 * Runs any number of built programs in one process, for the tests of one worker. Starting Node and
 * loading the program takes most of a second of a core, for each of four hundred tests.
 * Every program has its own port, world and store; `app.ts` says which tests need a process instead.
 */
import { serveConsole, serveSandbox } from '../dist/server/serve.js'

const serving = new Map()

const commands = {
  async console(id, { environment }) {
    serving.set(id, await serveConsole(environment))
  },
  async sandbox(id, { environment, args }) {
    serving.set(id, await serveSandbox(environment, args))
  },
  async close(id) {
    await serving.get(id)?.close()
    serving.delete(id)
  },
}

process.on('message', async ({ id, command, ...details }) => {
  try {
    await commands[command](id, details)
    process.send({ id, command, lines: serving.get(id)?.lines ?? [] })
  } catch (error) {
    process.send({ id, command, error: String(error?.stack ?? error) })
  }
})
process.on('disconnect', () => process.exit())
