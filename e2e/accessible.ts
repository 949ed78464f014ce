/** What axe finds in a part of a page, as sentences; nothing is an empty list. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

export async function axe(page: Page, selector: string): Promise<string[]> {
  await page.evaluate(readFileSync(axePath, 'utf8'))
  const { violations } = await page.evaluate(
    // The script above puts axe on the window.
    (part) =>
      // Put on the page by the script of axe-core.
      (window as unknown as { axe: { run(part: string): Promise<AxeResults> } }).axe.run(
        part,
      ),
    selector,
  )
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target}`)
}
