// What `bench:web` measures on the page of the list, of any build.
import { get } from 'node:http'

import { median, seconds } from './figures.mjs'

const list = { viewport: { width: 1440, height: 900 } }
const searchBox = 'input[aria-label="Search instances"]'

/** Milliseconds from the navigation until the tenth row is painted, elements, and how far things have shifted. */
export async function firstRows(browser, url, slowdown) {
  const context = await browser.newContext(list)
  const page = await context.newPage()
  page.setDefaultTimeout(180_000)
  // The browser itself tells when it painted an element that is marked before it does.
  await page.addInitScript(() => {
    window.shifted = 0
    new PerformanceObserver((entries) => {
      for (const { value, hadRecentInput } of entries.getEntries())
        if (!hadRecentInput) window.shifted += value
    }).observe({ type: 'layout-shift', buffered: true })
    new PerformanceObserver((entries) => {
      window.rowsAt ??= entries.getEntries()[0]?.renderTime
    }).observe({ type: 'element', buffered: true })
    let had = false
    new MutationObserver((_changes, observer) => {
      const has = document.querySelector('#first-page') !== null
      if (had && !has) {
        window.ownAt = performance.now()
        observer.disconnect()
      }
      had ||= has
    }).observe(document, { childList: true, subtree: true })
    new MutationObserver((_changes, observer) => {
      const tenth = document.querySelectorAll('th[scope=row]')[9]
      if (!tenth) return
      tenth.setAttribute('elementtiming', 'tenth row')
      observer.disconnect()
    }).observe(document, { childList: true, subtree: true })
  })
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.goto(`${url}/instances`, { waitUntil: 'commit' })
  const handle = await page.waitForFunction(() => window.rowsAt)
  const ms = await handle.jsonValue()
  await page.waitForFunction(() => window.ownAt || !document.querySelector('#first-page'))
  const [nodes, own, shifted] = await page.evaluate(() => [
    document.querySelectorAll('*').length,
    window.ownAt ?? window.rowsAt,
    window.shifted,
  ])
  await context.close()
  return { ms, nodes, own, shifted }
}

/** An open list, which has all its rows and does nothing more. */
async function openList(browser, url, search = '') {
  const page = await browser.newPage(list)
  page.setDefaultTimeout(180_000)
  await page.goto(`${url}/instances${search}`, { waitUntil: 'commit' })
  await page.waitForFunction(
    () =>
      document.querySelector('#root') && !document.querySelector('#first-page, .loading'),
  )
  await page.locator('th[scope=row]').first().waitFor()
  return page
}

/** Milliseconds from a key in the search to the frame with the rows it leaves; each of `rounds` has two keys. */
export async function keystroke(browser, url, { slowdown, rounds, restMs = 400 }) {
  const page = await openList(browser, url)
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.locator(searchBox).focus()
  await page.evaluate((box) => {
    window.spans = []
    const onInput = ({ timeStamp }) => {
      const rows = () =>
        document.querySelector('[aria-rowcount]')?.getAttribute('aria-rowcount')
      const before = rows()
      const look = () => {
        if (rows() !== before) window.spans.push(performance.now() - timeStamp)
        else if (performance.now() - timeStamp < 5_000) requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    }
    // Before the page's own listener changes the rows.
    document.querySelector(box).addEventListener('input', onInput, true)
  }, searchBox)
  for (let round = 0; round < rounds; round += 1) {
    // A letter that few names have, so that both keys change the rows.
    for (const key of ['w', 'Backspace']) {
      await page.keyboard.press(key)
      await page.waitForTimeout(restMs)
      await page.waitForFunction(
        (count) => window.spans.length === count,
        2 * round + (key === 'w' ? 1 : 2),
      )
    }
  }
  const spans = await page.evaluate(() => window.spans)
  await page.close()
  return { ms: median(spans), first: spans[0] }
}

/** Bytes of the list's heap after a garbage collection, with an open list. */
export async function heapOf(browser, url) {
  const page = await openList(browser, url)
  await page.waitForTimeout(3_000)
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  for (let round = 0; round < 2; round += 1)
    await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await page.close()
  return usedSize
}

/** Bytes of the inventory on the wire. An older build doesn't know its other form. */
export function inventoryBytes(url, encoding) {
  const headers = encoding ? { 'accept-encoding': encoding } : {}
  return new Promise((resolve, reject) => {
    get(`${url}/api/inventory?form=columns`, { headers }, (answer) => {
      let length = 0
      answer.on('data', (chunk) => (length += chunk.length))
      answer.on('end', () => resolve(length))
    }).on('error', reject)
  })
}

/**
 * Milliseconds from an event of the server, which it sends at once after a look at the zone, until an open page
 * shows what it says: a new name of the instance that a search finds.
 */
export async function changeShown(browser, url, zones) {
  const { seq } = await (await fetch(`${url}/api/inventory`)).json()
  const { name } = zones
  const next = `${name}-x`
  const page = await openList(browser, url, `?q=${name}`)
  const shown = page.evaluate(
    (text) =>
      new Promise((resolve) => {
        const look = () => {
          const rows = [...document.querySelectorAll('th[scope=row]')]
          if (rows.some((row) => row.textContent.includes(text))) resolve(Date.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
    next,
  )
  const leaving = new AbortController()
  const feed = await fetch(`${url}/api/feed?since=${seq}`, { signal: leaving.signal })
  zones.rename(next)
  let text = ''
  let toldAt
  for await (const chunk of feed.body) {
    text += Buffer.from(chunk).toString()
    toldAt = Date.now()
    if (text.includes(`"name":"${next}"`)) break
  }
  leaving.abort()
  const ms = (await shown) - toldAt
  await page.close()
  zones.rename(name)
  // The other build has to see the old name before the new one.
  await seconds(12)
  return ms
}
