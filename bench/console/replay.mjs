// How large a recording of a screen grows in a minute in which nothing happens on it.
import { statSync } from 'node:fs'

import { atMost, seconds, told } from '../figures.mjs'
import { onStage } from '../stage.mjs'

export const measure = () =>
  onStage({}, async (stage) => {
    const page = await stage.newPage()
    const before = stage.front.bytesDown
    await stage.openScreen(page, 'ours')
    await seconds(60)
    const heard = stage.front.bytesDown - before
    await page.getByRole('button', { name: 'Tools' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Screen history' }).click()
    await page
      .getByRole('region', { name: 'Screen history' })
      .getByRole('button', { name: 'Save…' })
      .click()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save recording' }).click()
    const { size } = statSync(await (await saved).path())
    return [
      atMost(13, 'a recording of an idle minute, as a file', size / 1_000, 1_000, 'kB', 1),
      told(13, '  of what the machine sent', `${(heard / 1_000).toFixed(1)} kB`),
    ]
  })
