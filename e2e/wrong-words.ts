/** Finds on any page what must not be said of what nobody told, and pages that lead nowhere. */
import type { Page, Request } from '@playwright/test'

import { expect, type Running } from './app.ts'

/** Texts that come from a value that wasn't there, or from a page that broke. */
const wrong = [
  /\bundefined\b/,
  /\bnull\b/,
  /\bNaN\b/,
  /\[object/,
  /Invalid Date/,
  /unknown\.unknown/,
  /Can’t show this page/,
  /Something went wrong in Vedette/,
]
/** What a zone that tells nothing of it must not be said to have told. */
export const unfounded = [
  /\bno limit\b/i,
  /doesn’t use passwords/,
  /legacy boot/,
  /(?<!\d)0\sGiB/,
  /(?<!\d)0 cores/,
  /(?<!\d)0 vCPU/,
]

/** What may be absent because there is none of it; of all else, a dash says too much. */
const mayBeNone =
  /^(Elastic IPs|Private networks|Security groups|Reverse DNS|Labels|SSH keys|IP address|Name)$/

/** In a form, nothing may be chosen yet. */
const isNone = (path: string, of: string) =>
  mayBeNone.test(of) || (path.startsWith('/instances/new') && /^(Template|Size)$/.test(of))

/** What is shown at rest: nothing is being read, and nothing that failed will be read once more. */
const quietMs = 300
/** The pause before a read that failed is tried again, and some. */
const againMs = 1_500
const restMs = 8_000

/** Counts a page's requests; resolves when it has been quiet. */
function watchRequests(page: Page): () => Promise<void> {
  const open = new Set<Request>()
  let restAt = 0
  const until = (ms: number) => (restAt = Math.max(restAt, Date.now() + ms))
  page.on('request', (request) => {
    // The feed stays open.
    if (request.resourceType() !== 'eventsource') open.add(request)
  })
  page.on('response', (response) => {
    if (response.status() >= 500) until(againMs)
  })
  const ended = (request: Request) => {
    if (open.delete(request)) until(quietMs)
  }
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  // A page that is loaded anew leaves what it asked for.
  page.on('domcontentloaded', () => open.clear())
  return async () => {
    const latest = Date.now() + restMs
    until(quietMs)
    // No event says that a page will ask for nothing more.
    while ((open.size > 0 || Date.now() < restAt) && Date.now() < latest)
      await page.waitForTimeout(50)
  }
}

/** Opens another page of the application as a link in it does, which loads nothing twice. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
  }, path)
}

/** As many as leave half of a browser's six connections to what is not an event stream. */
const tabs = 3

type Seen = { words: string; blank: string[]; dashes: string[]; hasWayOut: boolean }

/** What can be read or heard on the page as it is now. */
const look = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const all = [...document.body.querySelectorAll<HTMLElement>('*')]
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect()
      return width > 0 && height > 0
    }
    const spoken = all.flatMap((element) =>
      ['aria-label', 'title', 'placeholder', 'alt'].map(
        (name) => element.getAttribute(name) ?? '',
      ),
    )
    const labelOf = (element: HTMLElement) => {
      const term = element.closest('dd')?.previousElementSibling
      if (term) return term.textContent?.trim() ?? ''
      const cell = element.closest<HTMLElement>('[role=gridcell],[role=cell],td')
      const cells = [...(cell?.parentElement?.children ?? [])]
      const heads = document.querySelectorAll('[role=columnheader],thead th:not([role])')
      // The box that selects a row may have no head.
      const at = cells.findIndex((one) => one === cell) - (cells.length - heads.length)
      return heads[at]?.textContent?.trim() ?? element.parentElement?.textContent ?? ''
    }
    const leaves = all.filter((element) => element.childElementCount === 0)
    const isPill = (element: HTMLElement) =>
      element.matches('[data-state]') || /\btruncate\b/.test(element.className)
    return {
      words: [document.body.innerText, ...spoken].join('\n'),
      blank: all
        .filter((one) => isPill(one) && isSeen(one) && one.innerText.trim() === '')
        .filter((one) => !one.querySelector('svg,img,canvas,input'))
        .map((one) => one.outerHTML.slice(0, 160)),
      dashes: leaves
        .filter((one) => /^[–—-]$/.test(one.textContent?.trim() ?? '') && isSeen(one))
        .map(labelOf),
      hasWayOut:
        document.querySelector('[role=dialog],[role=alertdialog]') === null
          ? document.querySelectorAll('a[href], button, input').length > 1
          : [
              ...document.querySelectorAll(
                '[role=dialog] button,[role=alertdialog] button',
              ),
            ].some((one) => /Cancel|Close/.test(one.textContent ?? '')),
    }
  })

type Also = {
  also?: RegExp[]
  /** Nothing of what may be left out is told: a dash would say that there is none. */
  isSparing?: boolean
}

const question = '[role=dialog],[role=alertdialog]'

/** Opens each page until it is at rest, and collects what none of them may say. */
export async function wrongWords(
  page: Page,
  app: Running,
  paths: string[],
  { also = [], isSparing = false }: Also = {},
): Promise<string[]> {
  const found: string[] = []
  const open = [...paths]
  const dashesIn = ({ dashes }: Seen, path: string) =>
    isSparing ? dashes.filter((of) => !isNone(path, of)) : []
  const visit = async (tab: Page) => {
    const rest = watchRequests(tab)
    let isLoaded = false
    tab.on('pageerror', (error) => {
      isLoaded = false
      found.push(`${tab.url()}: ${error.message}`)
    })
    for (let path = open.shift(); path; path = open.shift()) {
      if (isLoaded) {
        // Only so is it clear which question is the new one.
        await follow(tab, path.split('?')[0] ?? path)
        await tab.locator(question).waitFor({ state: 'detached' })
        if (path.includes('?')) await follow(tab, path)
      } else await tab.goto(`${app.url}${path}`)
      isLoaded = true
      await expect(tab.locator('h1, [role=application]').first()).toBeAttached()
      if (path.includes('do='))
        await tab
          .locator(question)
          .waitFor({ timeout: 8_000 })
          .catch(() => found.push(`${path}: no question opens`))
      await rest()
      let seen = await look(tab)
      for (let turn = 0; turn < 3 && dashesIn(seen, path).length > 0; turn += 1) {
        // A slow machine is still reading.
        await tab.waitForTimeout(againMs)
        seen = await look(tab)
      }
      const { words, blank, hasWayOut } = seen
      for (const text of [...wrong, ...also]) {
        const said = text.exec(words)
        if (said) found.push(`${path}: ${words.slice(said.index - 60, said.index + 60)}`)
      }
      found.push(
        ...blank.map((pill) => `${path}: blank ${pill}`),
        ...dashesIn(seen, path).map((of) => `${path}: – of ${of}`),
      )
      if (!hasWayOut) found.push(`${path}: a dead end`)
    }
  }
  const others = Array.from({ length: tabs - 1 }, () => page.context().newPage())
  await Promise.all([page, ...(await Promise.all(others))].map(visit))
  return found
}
