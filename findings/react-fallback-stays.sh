#!/usr/bin/env bash
# Software: react and react-dom 19.3.1, jsdom 29.1.1.
#
# The guess: React replaces the fallback of <Suspense> as soon as the content is there.
#
# What happens: a fallback that was shown stays for 300 ms, even if the content is there after 20.
# Content that needs 100 or 250 ms appears at the same moment as the one that needs 20. Content that needs
# more than 300 appears at once. So between 20 and 300 ms, making the code arrive sooner
# changes nothing.
#
# Why it matters: a page of Vedette whose code is already there is rendered without `lazy`, and the
# first one is loaded before the first rendering (src/web/routes.tsx, docs/decisions/0013): a
# separate console window appeared after 411 ms instead of 588.
set -euo pipefail
source "$(dirname "$0")/kit/work.bash"
need node nodejs
packages react@19.3.1 react-dom@19.3.1 jsdom@29.1.1

cat >"$work/look.mjs" <<'JS'
import { JSDOM } from 'jsdom'

const { window } = new JSDOM('<!doctype html>', { pretendToBeVisual: true })
Object.assign(globalThis, { window, document: window.document })
const { createElement, lazy, Suspense } = await import('react')
const { createRoot } = await import('react-dom/client')

/** How many ms after its fallback the content was seen that a module brings after `ms`. */
async function shown(ms) {
  const place = document.createElement('div')
  let fallbackAt
  const content = new Promise((resolve) => {
    new window.MutationObserver(() => {
      if (place.textContent === 'fallback') fallbackAt ??= performance.now()
      if (place.textContent === 'content') resolve(performance.now() - fallbackAt)
    }).observe(place, { childList: true, subtree: true, characterData: true })
  })
  const Late = lazy(
    () =>
      new Promise((resolve) => {
        setTimeout(() => resolve({ default: () => 'content' }), ms)
      }),
  )
  const root = createRoot(place)
  root.render(createElement(Suspense, { fallback: 'fallback' }, createElement(Late)))
  const after = Math.round(await content)
  root.unmount()
  // The 300 ms count from the last fallback anywhere on the page.
  await new Promise((resolve) => setTimeout(resolve, 500))
  return after
}

await shown(20) // warms up
const seen = []
for (const ms of [20, 100, 250, 450]) {
  const after = await shown(ms)
  seen.push(after)
  console.log(`the module took ${ms} ms: content ${after} ms after the fallback`)
}
const early = seen.slice(0, 3)
const held = early.every((ms) => ms >= 270) && Math.max(...early) - Math.min(...early) < 100
process.exit(held && seen[3] >= 430 ? 0 : 1)
JS
NODE_ENV=production node "$work/look.mjs"
