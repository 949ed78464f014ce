/** The page is in the language that the browser asks for or that was chosen, from its first byte on. */
import type { BrowserContext, Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { createFirst, otherBrowser, passphrase, signIn } from './people.ts'
import { dialog } from './vocabulary.ts'
import { find } from './zone.ts'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

/** Chooses a language in the settings, in whatever language they are. */
async function choose(page: Page, name: string): Promise<void> {
  await page.goto('/settings')
  await page.getByRole('radio', { name, exact: true }).check()
}

/** The catalogues that a page asks for, each once. */
function catalogues(page: Page | BrowserContext): Set<string> {
  const asked = new Set<string>()
  page.on('request', (request) => {
    const [, language] = /\/assets\/texts-(\w+)-/.exec(request.url()) ?? []
    if (language) asked.add(language)
  })
  return asked
}

test.describe('a browser in German @firefox', () => {
  test.use({ locale: 'de-CH' })

  test('gets the list in German with its first byte, and only German texts', async ({
    page,
    app,
  }) => {
    await fetch(`${app.url}/api/inventory`)
    const asked = catalogues(page)
    const wrong: string[] = []
    await page.exposeFunction('tellHeading', (text: string) => wrong.push(text))
    await page.addInitScript(() => {
      // Every state of the page's title in words, from the one that the server sent.
      new MutationObserver(() => {
        const said = document.querySelector('h1')?.textContent
        // @ts-expect-error -- exposed above
        if (said && said !== 'Instanzen') window.tellHeading(said)
      }).observe(document, { subtree: true, childList: true, characterData: true })
    })
    const answer = await page.goto('/instances')
    const sent = (await answer?.text()) ?? ''

    expect(sent).toContain('<html lang="de-CH"')
    expect(sent).toMatch(/id="first-page".*Instanzen/)
    expect(await answer?.headerValue('vary')).toContain('accept-language')
    await expect(page.locator('#first-page')).toHaveCount(0)
    await expect(heading(page, 'Instanzen')).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de-CH')
    await expect(page.getByRole('grid').getByText('Zürich').first()).toBeVisible()
    await expect.poll(() => [...asked]).toEqual(['de'])
    expect(wrong).toEqual([])
  })

  test('finds Zürich by zurich', async ({ page }) => {
    await page.goto('/instances?q=zurich')

    await expect(page.getByRole('grid').getByText('Zürich').first()).toBeVisible()
    await expect(page.getByRole('grid').getByText('Genf')).toHaveCount(0)
  })
})

test.describe('a browser in French', () => {
  test.use({ locale: 'fr-CH', settings: { SANDBOX_INSTANCES: '1200' } })

  test('groups numbers as in Switzerland', async ({ page }) => {
    await page.goto('/instances')

    await expect(page.locator('html')).toHaveAttribute('lang', 'fr-CH')
    await expect(page.locator('#main')).toContainText(/1’\d{3}/)
  })
})

test.describe('a browser in Swedish', () => {
  test.use({ locale: 'sv-SE' })

  test('gets English', async ({ page }) => {
    const asked = catalogues(page)
    await page.goto('/instances')

    await expect(heading(page, 'Instances')).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect.poll(() => [...asked]).toEqual(['en'])
  })
})

test('a choice changes every tab, and keeps forms, dialogs and screens @firefox', async ({
  page,
  app,
  context,
}) => {
  const found = await find(app, 'web-01')
  const at = `/instances/${found?.zone}/${found?.id}`
  await page.goto('/instances/new')
  // Called the same in German.
  const name = page.getByRole('textbox', { name: /^Name/ })
  await name.fill('half-typed')
  const asking = await context.newPage()
  await asking.goto(at)
  await asking.getByRole('button', { name: 'Rename…' }).click()
  const named = (await dialog(asking)).getByRole('textbox')
  await named.fill('other-name')
  const screen = await context.newPage()
  await screen.goto(`${at}/console`)
  const picture = screen.getByRole('application')
  await expect(picture).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await picture.evaluate((element) => element.setAttribute('data-same', 'yes'))

  const settings = await context.newPage()
  await choose(settings, 'Deutsch')

  await expect(heading(settings, 'Einstellungen')).toBeVisible()
  for (const tab of [page, asking, screen])
    await expect(tab.locator('html')).toHaveAttribute('lang', 'de-CH')
  await expect(heading(page, 'Neue Instanz')).toBeVisible()
  await expect(name).toHaveValue('half-typed')
  await expect(named).toHaveValue('other-name')
  await expect(picture).toHaveAttribute('data-same', 'yes')
  await expect(picture).toHaveAttribute('data-connection', 'open')

  await settings.reload()
  await expect(heading(settings, 'Einstellungen')).toBeVisible()
  await settings.getByRole('radio', { name: 'Wie im Browser' }).check()
  await expect(heading(settings, 'Settings')).toBeVisible()
  await expect(heading(page, 'New instance')).toBeVisible()
  await expect(name).toHaveValue('half-typed')
})

test('rows of an open list change with the language @firefox', async ({
  page,
  context,
}) => {
  await page.goto('/instances')
  await expect(page.getByRole('grid').getByText('Zurich').first()).toBeVisible()

  await choose(await context.newPage(), 'Deutsch')

  await expect(page.getByRole('grid').getByText('Zürich').first()).toBeVisible()
  await expect(page.getByRole('grid').getByText('Zurich')).toHaveCount(0)
})

test('a browser that stores nothing shows the choice until the page is closed', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const blocked = {
      get: () => {
        throw new DOMException('blocked', 'SecurityError')
      },
      set: () => {
        throw new DOMException('blocked', 'SecurityError')
      },
    }
    Object.defineProperty(Document.prototype, 'cookie', blocked)
    Object.defineProperty(window, 'localStorage', blocked)
  })
  await choose(page, 'Français')

  await expect(heading(page, 'Paramètres')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Français' })).toBeChecked()
  await page.reload()
  await expect(heading(page, 'Settings')).toBeVisible()
})

test('texts that can’t be loaded are said, and the page stays as it is', async ({
  page,
  context,
}) => {
  await page.goto('/settings')
  await expect(heading(page, 'Settings')).toBeVisible()
  await context.setOffline(true)
  await page.getByRole('radio', { name: 'Deutsch' }).check()

  await expect(page.getByText('This language couldn’t be loaded.')).toBeVisible()
  await expect(heading(page, 'Settings')).toBeVisible()
  await page.getByRole('radio', { name: 'English' }).check()
  await expect(page.getByText('This language couldn’t be loaded.')).toHaveCount(0)
  await context.setOffline(false)
})

test.describe('with accounts', () => {
  test.use({ settings: { SIGN_IN: 'local' } })

  test('the language follows a person into the next browser @firefox', async ({
    page,
    app,
    browser,
  }) => {
    await createFirst(page, app)
    // A page also reads them when it begins.
    const stored = page.waitForResponse(
      (response) =>
        response.url().endsWith('/api/kept/preferences') &&
        response.request().method() === 'PUT',
    )
    await choose(page, 'Français')
    await stored
    await expect(heading(page, 'Paramètres')).toBeVisible()

    const second = await otherBrowser(browser, app)
    await second.goto('/sign-in')
    await signIn(second, 'Ada', passphrase)
    await expect(second.locator('html')).toHaveAttribute('lang', 'fr-CH')
    await second.goto('/settings')
    await expect(heading(second, 'Paramètres')).toBeVisible()
    await second.context().close()
  })
})
