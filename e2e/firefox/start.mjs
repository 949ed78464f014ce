#!/usr/bin/env node
// Starts the Firefox that `FIREFOX` names, with the arguments that Playwright gives, and stands between
// the two: it answers the one command that Playwright always sends and this Firefox doesn't have yet.
// Everything else passes as it is (docs/decisions/0026).
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

import { WebSocket, WebSocketServer } from 'ws'

/** What playwright.config.ts sets by preferences instead. */
const unknown = 'emulation.setMediaFeaturesOverride'

const options = { perMessageDeflate: false, maxPayload: 0 }

/** Carries one session; answers the address at which Playwright reaches it. */
function standBetween(address) {
  const door = new WebSocketServer({ ...options, host: '127.0.0.1', port: 0 })
  door.on('connection', (playwright, { url }) => {
    const browser = new WebSocket(address + url, options)
    const early = []
    const say = (text) => {
      if (browser.readyState === WebSocket.OPEN) browser.send(text)
      else early.push(text)
    }
    browser.on('open', () => early.forEach(say))
    browser.on('message', (data) => playwright.send(String(data)))
    browser.on('close', () => playwright.close())
    browser.on('error', () => playwright.close())
    playwright.on('message', (data) => {
      const { id, method } = JSON.parse(String(data))
      if (method !== unknown) say(String(data))
      else playwright.send(JSON.stringify({ type: 'success', id, result: {} }))
    })
    playwright.on('close', () => browser.close())
  })
  return new Promise((resolve) =>
    door.on('listening', () => resolve(`ws://127.0.0.1:${door.address().port}`)),
  )
}

const firefox = spawn(process.env.FIREFOX ?? 'firefox', process.argv.slice(2), {
  stdio: ['ignore', 'inherit', 'pipe'],
})
for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, () => void firefox.kill(signal))
firefox.on('error', (error) => {
  process.stderr.write(`Firefox didn’t start: ${error.message}\n`)
  process.exit(1)
})
firefox.on('exit', (code) => process.exit(code ?? 1))
createInterface({ input: firefox.stderr }).on('line', async (line) => {
  const address = /^WebDriver BiDi listening on (ws:\S+)$/.exec(line)?.[1]
  const said = address ? `WebDriver BiDi listening on ${await standBetween(address)}` : line
  process.stderr.write(`${said}\n`)
})
