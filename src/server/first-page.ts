/**
 * Writes the list into the page, so that its rows show before the program has loaded. Without an
 * inventory, the page is as it was built.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

import type { Inventory } from '#contract/feed.ts'
import type { Session } from '#contract/people/session.ts'

const compress = promisify(gzip)
const keptPages = 16

/** The markup of the list at `url`, a path with its query, as a person sees it. */
export type RenderFirstPage = (
  inventory: Inventory,
  session: Session,
  url: string,
) => string

export class FirstPage {
  readonly #before: string
  readonly #after: string
  readonly #render: RenderFirstPage
  /** By person and URL, for one state of the inventory. */
  readonly #kept = new Map<string, Promise<Buffer>>()
  #seq = -1

  constructor(webRoot: string, render: RenderFirstPage) {
    const built = readFileSync(join(webRoot, 'index.html'), 'utf8')
    // The styles load first, because the rows are visible before the program replaces them.
    const page = built.replaceAll(
      '<script type="module"',
      '<script fetchpriority="low" type="module"',
    )
    const at = page.indexOf('<div id="root">')
    if (at < 0) throw new Error('index.html has no #root')
    this.#before = page.slice(0, at)
    this.#after = page.slice(at)
    this.#render = render
  }

  /**
   * The page for `url`, gzipped. The pre-rendered list is inert and hidden from screen readers, because
   * the program replaces it. It is hidden on phones, which show cards instead of a table. Throws what
   * the rendering throws.
   */
  async of(inventory: Inventory, session: Session, url: string): Promise<Buffer> {
    if (this.#seq !== inventory.seq || this.#kept.size >= keptPages) this.#kept.clear()
    this.#seq = inventory.seq
    const key = JSON.stringify([session.person, url])
    let page = this.#kept.get(key)
    if (!page) {
      const list = this.#render(inventory, session, url)
      const picture = `<div id="first-page" class="max-sm:hidden" inert aria-hidden="true">${list}</div>`
      page = compress(this.#before + picture + this.#after, { level: 1 })
      this.#kept.set(key, page)
    }
    return page
  }
}
