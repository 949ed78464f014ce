import { createRequire } from 'node:module'

import type { AxeResults, RunOptions } from 'axe-core'

import { pages, tabs } from './all-pages.ts'
import { expect, test } from './app.ts'
import { openInstance } from './vocabulary.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const others = ['/replay', '/nowhere']

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, bypassCSP: true })

    test(`axe finds nothing serious on any page in ${colorScheme}`, async ({ page }) => {
      test.setTimeout(180_000)
      await openInstance(page, 'web-01')
      const instance = new URL(page.url()).pathname
      const found: string[] = []
      const own = instance.replace('/instances/', '/console/')
      for (const path of [...pages, ...others, ...tabs.map((tab) => instance + tab), own]) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
        // While a screen connects, its buttons change their colors.
        if (path === own)
          await expect(page.getByRole('button', { name: 'Keys' })).toBeEnabled()
        await page.addScriptTag({ path: axePath })
        const results = await page.evaluate(() => {
          type Axe = { run(options: RunOptions): Promise<AxeResults> }
          // The script above puts axe on the window.
          const { axe } = window as unknown as { axe: Axe }
          return axe.run({ rules: { 'target-size': { enabled: true } } })
        })
        for (const violation of results.violations) {
          if (violation.impact !== 'serious' && violation.impact !== 'critical') continue
          found.push(`${path}: ${violation.id} ${violation.nodes[0]?.target}`)
        }
      }
      expect(found).toEqual([])
    })
  })
}
