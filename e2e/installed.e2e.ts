/** Vedette can be installed as an app of the desktop or the phone. */
import { expect, test } from './app.ts'

type Icon = { src: string; sizes: string; type: string; purpose?: string }
type Manifest = {
  id: string
  name: string
  start_url: string
  scope: string
  display: string
  icons: Icon[]
  shortcuts: { name: string; url: string }[]
}

test('the manifest, its icons and its shortcuts are what they say', async ({
  page,
  app,
}) => {
  const blocked: string[] = []
  page.on('console', (line) => {
    if (/Content.Security|manifest/i.test(line.text())) blocked.push(line.text())
  })
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const href = await page.locator('link[rel=manifest]').getAttribute('href')
  const response = await fetch(new URL(href ?? '', app.url))
  expect(response.headers.get('content-type')).toContain('application/manifest+json')
  expect(response.headers.get('content-security-policy')).toContain("manifest-src 'self'")
  // The format of the web's manifest.
  const manifest = (await response.json()) as Manifest
  expect(manifest).toMatchObject({
    id: '/',
    name: 'Vedette',
    start_url: '/',
    scope: '/',
    display: 'standalone',
  })

  for (const { src, sizes, type } of manifest.icons) {
    const icon = await fetch(new URL(src, app.url))
    expect(icon.headers.get('content-type'), src).toContain(type)
    if (sizes === 'any') continue
    // A PNG has its width at byte 16.
    const width = Buffer.from(await icon.arrayBuffer()).readUInt32BE(16)
    expect(`${width}x${width}`).toBe(sizes)
  }
  const maskable = manifest.icons.filter(({ purpose }) => purpose === 'maskable')
  expect(maskable.map(({ sizes }) => sizes)).toEqual(['192x192', '512x512'])

  for (const { name, url } of manifest.shortcuts) {
    await page.goto(url)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  }
  expect(blocked).toEqual([])
})

test('the browser finds nothing that keeps Vedette from being installed @whole', async ({
  page,
  context,
}) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const devtools = await context.newCDPSession(page)
  const { url, errors } = await devtools.send('Page.getAppManifest')
  expect(url).toMatch(/\/manifest\.webmanifest$/)
  expect(errors).toEqual([])
  await expect
    .poll(
      async () =>
        (await devtools.send('Page.getInstallabilityErrors')).installabilityErrors,
    )
    // The contexts of these tests keep nothing, and browsers install nothing from those.
    .toEqual([{ errorId: 'in-incognito', errorArguments: [] }])
})

test('the frame of the window has the color of the theme that was chosen', async ({
  page,
}) => {
  const colors = () =>
    page
      .locator('meta[name=theme-color]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('content')))
  await page.goto('/settings')
  await expect.poll(colors).toEqual(['#ffffff', '#15171e'])
  await page.getByRole('radio', { name: 'Dark' }).check()
  await expect.poll(colors).toEqual(['#15171e', '#15171e'])
  await page.getByRole('radio', { name: 'Light' }).check()
  await expect.poll(colors).toEqual(['#ffffff', '#ffffff'])
})
