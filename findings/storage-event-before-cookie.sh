#!/usr/bin/env bash
# Software: Firefox 153 and Chromium 156 (Debian packages firefox-esr and chromium).
#
# The guess: a tab writes a cookie and then an entry of localStorage. When another tab gets the event of the entry, it
# finds the cookie as well, which was written before.
#
# What happens: the two take different ways to the other tab. In many events `document.cookie` still has the value
# before, in Firefox as in Chromium, and has the new one some milliseconds later. The tab isn't told when.
#
# Why it matters: a choice that the server has to know is kept in a cookie. A page that tells the other tabs of it by localStorage
# has them read the old choice, and no event corrects that. Vedette takes the language from the event itself
# (src/web/stores/language.ts).
set -euo pipefail
source "$(dirname "$0")/kit/work.bash"
need node nodejs
need firefox-esr firefox-esr
need chromium chromium
packages playwright-core@1.65.1

cat >"$work/look.mjs" <<'JS'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'

import { chromium } from 'playwright-core'

const folder = process.argv[2]
const times = 60
// The pages wait for each other at the server: what fetches `/meet/…` goes on when both have. The addresses
// differ because Firefox requests the same one only once at a time. The pauses are the server's, too: a
// timer of the tab behind would run once a second.
const writer = `
  await fetch('/meet/begin/writer')
  for (let value = 1; value <= ${times}; value += 1) {
    document.cookie = 'value=' + value
    localStorage.setItem('value', value)
    await fetch('/pause/' + value)
  }
  await fetch('/meet/end/writer')`
const reader = `
  const cookie = () => Number(/value=(\\d+)/.exec(document.cookie)?.[1] ?? 0)
  const seen = []
  addEventListener('storage', ({ newValue }) => {
    const one = { late: cookie() < Number(newValue), ms: 0 }
    seen.push(one)
    const from = performance.now()
    const look = () => {
      one.ms = Math.round(performance.now() - from)
      one.came = cookie() >= Number(newValue)
      if (!one.came) setTimeout(look)
    }
    look()
  })
  await fetch('/meet/begin/reader')
  await fetch('/meet/end/reader')
  await new Promise((resolve) => setTimeout(resolve, 1000))
  await fetch('/seen', { method: 'POST', body: JSON.stringify(seen) })`

let waiting
let report
const server = createServer(async (request, response) => {
  if (request.url.startsWith('/meet/')) {
    if (!waiting) return (waiting = response)
    waiting.end()
    waiting = undefined
    return response.end()
  }
  if (request.url.startsWith('/pause/')) return setTimeout(() => response.end(), 40)
  response.setHeader('content-type', 'text/html')
  if (request.url === '/seen') {
    let text = ''
    for await (const part of request) text += part
    report(JSON.parse(text))
  }
  const script = { '/writer': writer, '/reader': reader }[request.url]
  response.end(script ? `<!doctype html><script type="module">${script}</script>` : '')
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const pages = ['reader', 'writer'].map((name) => `http://127.0.0.1:${server.address().port}/${name}`)

async function inFirefox() {
  const profile = `${folder}/profile`
  mkdirSync(profile)
  const quiet = { 'datareporting.policy.dataSubmissionEnabled': false, 'app.normandy.enabled': false }
  writeFileSync(
    `${profile}/user.js`,
    Object.entries(quiet).map(([name, value]) => `user_pref("${name}", ${value});\n`).join(''),
  )
  const firefox = spawn('firefox-esr', ['--headless', '--no-remote', '--profile', profile, ...pages], {
    stdio: 'ignore',
  })
  const ended = once(firefox, 'exit')
  const stop = () => firefox.kill()
  process.on('exit', stop)
  const seen = await new Promise((resolve) => (report = resolve))
  stop()
  await ended
  return seen
}
async function inChromium() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox'],
  })
  const context = await browser.newContext()
  const seen = new Promise((resolve) => (report = resolve))
  for (const address of pages) await (await context.newPage()).goto(address)
  const result = await seen
  console.log(`Chromium ${browser.version()}: ${said(result)}`)
  await browser.close()
  return result
}
const late = (seen) => seen.filter((one) => one.late)
const said = (seen) => {
  const ms = late(seen).map((one) => one.ms)
  return `${seen.length} events, the cookie was late in ${ms.length}${ms.length ? `, by up to ${Math.max(...ms)} ms` : ''}`
}

setTimeout(() => process.exit(1), 80_000).unref()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
const version = String(execFileSync('firefox-esr', ['--version'])).trim()
const firefox = await inFirefox()
console.log(`${version}: ${said(firefox)}`)
const other = await inChromium()
server.closeAllConnections()
server.close()
const right = [firefox, other].every(
  (seen) => seen.length === times && late(seen).length > 0 && seen.every(({ came }) => came),
)
process.exit(right ? 0 : 1)
JS
CHROMIUM=$(command -v chromium) node "$work/look.mjs" "$work"
