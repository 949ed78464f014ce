/**
 * Writes the list into the page, so that its rows show before the program has loaded. Without an
 * inventory, the page is as it was built.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

import type { Inventory } from '#contract/feed.ts'
import { formatTag, languages, type Language } from '#contract/languages.ts'
import type { Session } from '#contract/people/session.ts'

import { pageFile, type Reader } from './reader-languages.ts'

const compress = promisify(gzip)
const keptPages = 16

/**
 * The markup of the list at `url`, a path with its query, as a person sees it, in a language and as a reader
 * of the `preferred` tags writes numbers and dates.
 */
export type RenderFirstPage = (
  inventory: Inventory,
  session: Session,
  url: string,
  language: Language,
  preferred: readonly string[],
) => string

/** The page of a language, without rows. A build without languages, as in tests, has one page. */
function frameOf(webRoot: string, language: Language): [before: string, after: string] {
  const file = join(webRoot, pageFile('index', language))
  const built = readFileSync(existsSync(file) ? file : join(webRoot, 'index.html'), 'utf8')
  // The styles load first, because the rows are visible before the program replaces them.
  const page = built.replaceAll(
    '<script type="module"',
    '<script fetchpriority="low" type="module"',
  )
  const at = page.indexOf('<div id="root">')
  if (at < 0) throw new Error('index.html has no #root')
  return [page.slice(0, at), page.slice(at)]
}

export class FirstPage {
  /** The page of each language, before and after the rows. */
  readonly #frames: Map<Language, [before: string, after: string]>
  readonly #render: RenderFirstPage
  /** By person, URL and language, for one state of the inventory. */
  readonly #kept = new Map<string, Promise<Buffer>>()
  #seq = -1

  constructor(webRoot: string, render: RenderFirstPage) {
    this.#frames = new Map(
      languages.map((language) => [language, frameOf(webRoot, language)]),
    )
    this.#render = render
  }

  /**
   * The page for `url`, gzipped. The pre-rendered list is inert and hidden from screen readers, because
   * the program replaces it. It is hidden on phones, which show cards instead of a table. Throws what
   * the rendering throws.
   */
  async of(
    inventory: Inventory,
    session: Session,
    url: string,
    { language, preferred }: Reader,
  ): Promise<Buffer> {
    if (this.#seq !== inventory.seq || this.#kept.size >= keptPages) this.#kept.clear()
    this.#seq = inventory.seq
    const key = JSON.stringify([session.person, url, formatTag(language, preferred)])
    let page = this.#kept.get(key)
    if (!page) {
      const list = this.#render(inventory, session, url, language, preferred)
      const picture = `<div id="first-page" class="max-sm:hidden" inert aria-hidden="true">${list}</div>`
      const [before = '', after = ''] = this.#frames.get(language) ?? []
      page = compress(before + picture + after, { level: 1 })
      this.#kept.set(key, page)
    }
    return page
  }
}
