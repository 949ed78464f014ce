/**
 * Draws the icons of the installed app from `public/favicon.svg`, with the browser at `CHROMIUM`:
 * `CHROMIUM=… node tools/icons.mjs`. Systems cut maskable icons to their own shape, so the mark of those is smaller and
 * its ground reaches the edges.
 */
import { readFileSync, writeFileSync } from 'node:fs'

import { chromium } from '@playwright/test'

const publicRoot = new URL('../public/', import.meta.url)
const svg = readFileSync(new URL('favicon.svg', publicRoot), 'utf8')
const ground = /fill="(#[0-9a-f]{6})"/.exec(svg)?.[1]
if (!ground) throw new Error('favicon.svg has no ground')

/** The mark within the circle of 80 % that every system leaves, as the web's manifest has it. */
const maskable = svg
  .replace('viewBox="0 0 32 32"', 'viewBox="-6 -6 44 44"')
  .replace(/<rect [^>]*>/, `<rect x="-6" y="-6" width="44" height="44" fill="${ground}" />`)

const browser = await chromium.launch({
  ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
  args: ['--no-sandbox'],
})
for (const size of [192, 512])
  for (const [name, drawing] of [
    ['icon', svg],
    ['icon-maskable', maskable],
  ]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    const sized = drawing.replace('<svg ', `<svg width="${size}" height="${size}" `)
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${sized}`)
    const png = await page.screenshot({ omitBackground: true })
    writeFileSync(new URL(`${name}-${size}.png`, publicRoot), png)
    await page.close()
  }
await browser.close()
