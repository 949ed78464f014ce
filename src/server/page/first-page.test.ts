import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { withConsole } from '../testing/test-zone.ts'

async function withPage(use: (webRoot: string) => Promise<void>): Promise<void> {
  const webRoot = mkdtempSync(join(tmpdir(), 'vedette-page-'))
  try {
    writeFileSync(join(webRoot, 'index.html'), '<body><div id="root"></div></body>')
    await use(webRoot)
  } finally {
    rmSync(webRoot, { recursive: true })
  }
}

/** The page of `path`, once the zones have responded. */
async function pageOf(origin: string, path: string, headers = {}): Promise<string> {
  await fetch(`${origin}/api/inventory`)
  return (await fetch(`${origin}${path}`, { headers })).text()
}

test('the list is in its own page, for its URL, and in no other page', () =>
  withPage((webRoot) =>
    withConsole(
      async (_zone, { origin }) => {
        expect(await pageOf(origin, '/instances?q=web')).toContain(
          '[admin /instances?q=web]',
        )
        expect(await pageOf(origin, '/instances')).toContain('[admin /instances]')
        expect(await pageOf(origin, '/')).not.toContain('first-page')
        expect(await pageOf(origin, '/settings')).not.toContain('first-page')
      },
      {
        webRoot,
        renderFirstPage: (_inventory, { person }, url) => `[${person.role} ${url}]`,
      },
    ),
  ))

test('the pre-rendered list comes before the root element and is inert', () =>
  withPage((webRoot) =>
    withConsole(
      async (_zone, { origin }) => {
        expect(await pageOf(origin, '/instances')).toMatch(
          /<div id="first-page"[^>]* inert aria-hidden="true">rows<\/div><div id="root">/,
        )
      },
      { webRoot, renderFirstPage: () => 'rows' },
    ),
  ))

test('the page and its rows are in the reader’s language', () =>
  withPage((webRoot) => {
    const german = '<html lang="de-CH"><body><div id="root"></div></body>'
    writeFileSync(join(webRoot, 'index.de.html'), german)
    return withConsole(
      async (_zone, { origin }) => {
        const open = (headers: Record<string, string>) =>
          pageOf(origin, '/instances', headers)
        const inGerman = await open({ 'accept-language': 'de-AT,de;q=0.9' })
        expect(inGerman).toContain('<html lang="de-CH">')
        expect(inGerman).toContain('[de de-AT,de]')
        expect(await open({ 'accept-language': 'en-US' })).toContain('[en en-US]')
        const chosen = { 'accept-language': 'en-US', cookie: 'vedette-language=de' }
        expect(await open(chosen)).toContain('<html lang="de-CH">')

        const settings = await fetch(`${origin}/settings`, { headers: chosen })
        expect(await settings.text()).toBe(german)
        expect(settings.headers.get('vary')).toBe(
          'accept-encoding, accept-language, cookie',
        )
      },
      {
        webRoot,
        renderFirstPage: (_inventory, _session, _url, language, preferred) =>
          `[${language} ${preferred.join()}]`,
      },
    )
  }))

test('the list of a query that would take long is rendered in the browser', () =>
  withPage((webRoot) =>
    withConsole(
      async (_zone, { origin }) => {
        const query = `/instances?q=${'x|'.repeat(400)}`
        expect(await pageOf(origin, query)).toContain('rows')
        expect(await pageOf(origin, `${query}${'x|'.repeat(400)}`)).toBe(
          '<body><div id="root"></div></body>',
        )
      },
      { webRoot, renderFirstPage: () => 'rows' },
    ),
  ))

test('without gzip, or if rendering fails, the page is sent as it was built', () =>
  withPage((webRoot) =>
    withConsole(
      async (_zone, { origin }) => {
        const plain = '<body><div id="root"></div></body>'
        expect(await pageOf(origin, '/instances')).toBe(plain)
        const identity = { 'accept-encoding': 'identity' }
        expect(await pageOf(origin, '/instances', identity)).toBe(plain)
      },
      {
        webRoot,
        renderFirstPage: () => {
          throw new Error('broken')
        },
      },
    ),
  ))

test('a person’s default view opens where the address has no query', () =>
  withPage((webRoot) =>
    withConsole(
      async (_zone, { origin }) => {
        const open = (path: string) => fetch(`${origin}${path}`, { redirect: 'manual' })
        const keep = (search: string) =>
          fetch(`${origin}/api/kept/views`, {
            method: 'PUT',
            headers: { 'x-vedette': '1', 'content-type': 'application/json' },
            body: JSON.stringify({
              views: [{ id: 'a', name: 'Mine', search }],
              defaultId: 'a',
            }),
          })
        expect((await open('/instances')).status).toBe(200)

        expect((await keep('q=state%3Astopped&do=stop')).status).toBe(200)

        const page = await open('/instances')
        expect([page.status, page.headers.get('location')]).toEqual([
          302,
          '/instances?q=state%3Astopped',
        ])
        expect((await open('/instances?state=running')).status).toBe(200)
        await keep('')
        expect((await open('/instances')).status).toBe(200)
      },
      { webRoot, renderFirstPage: () => 'rows' },
    ),
  ))
