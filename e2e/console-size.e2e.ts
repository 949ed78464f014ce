/** The size that an instance's screen is asked for: whole, sane, and only when somebody wants it. */
import type { Page } from '@playwright/test'

import { eachWay, expect, knock, test } from './front-app.ts'
import { RfbServer } from './rfb-server.ts'
import { openTool } from './vocabulary.ts'

type Size = readonly [number, number]

/** Long enough for a question that would come. */
const aMoment = 1_500

async function choose(page: Page, entry: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Screen', exact: true }).click()
  const entries = page.locator('[role=menuitem],[role=menuitemcheckbox]')
  await entries.filter({ hasText: entry }).click()
}

/** The place for the screen on the page, in whole pixels. */
async function roomOf(page: Page): Promise<Size> {
  const box = await page.locator('[role=application]').boundingBox()
  return [Math.floor(box?.width ?? 0), Math.floor(box?.height ?? 0)]
}

const setHidden = (page: Page, hidden: boolean) =>
  page.evaluate((state) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: state })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)

function sizeAtAnyZoom(): void {
  for (const density of [1, 1.5, 2])
    test.describe(`at ${density} pixels each`, () => {
      test.use({ deviceScaleFactor: density })

      test('the screen is asked once for the size of its place, whatever the zoom', async ({
        page,
        app,
        front,
      }) => {
        const asked: Size[] = []
        front.manner = {
          kind: 'own',
          serve: async (socket) => {
            const server = await RfbServer.greet(socket)
            server.paint(0x80)
            server.resizable((size) => {
              asked.push(size)
              return 0
            })
          },
        }
        const screen = await knock(page, app)
        await expect(screen).toHaveAttribute('data-connection', 'open')
        // A place of whole pixels is luck: with half a pixel more, a size is never reached.
        await screen.evaluate((element) => {
          element.style.right = '0.5px'
          element.style.bottom = '0.5px'
        })
        await choose(page, /Resize remote screen/)
        const room = await roomOf(page)
        await expect.poll(() => asked).toEqual([room])
        await choose(page, /Double size/)
        await page.waitForTimeout(aMoment)
        await choose(page, /Actual size/)
        await page.waitForTimeout(aMoment)
        expect(asked).toEqual([room])

        // The new connection is one to a screen of the first size again.
        front.terminate()
        await expect(screen).toHaveAttribute('data-attempt', '2')
        await expect.poll(() => asked).toEqual([room, room])
        await page.waitForTimeout(aMoment)
        expect(asked).toEqual([room, room])
      })
    })
}

function sizeOfThePlace(): void {
  test('a tab that is hidden and a place that is gone ask for nothing, a panel that opens for once', async ({
    page,
    app,
    front,
  }) => {
    const asked: Size[] = []
    front.manner = {
      kind: 'own',
      serve: async (socket) => {
        const server = await RfbServer.greet(socket)
        server.paint(0x80)
        server.resizable((size) => {
          asked.push(size)
          return 0
        })
      },
    }
    const screen = await knock(page, app)
    await expect(screen).toHaveAttribute('data-connection', 'open')
    await choose(page, /Resize remote screen/)
    await expect.poll(() => asked.length).toBe(1)

    await openTool(page, 'Connection details')
    await expect.poll(() => asked.length).toBe(2)
    expect(asked[1]).toEqual(await roomOf(page))

    await setHidden(page, true)
    await page.setViewportSize({ width: 900, height: 700 })
    await page.waitForTimeout(aMoment)
    expect(asked).toHaveLength(2)
    await setHidden(page, false)
    await expect.poll(() => asked.length).toBe(3)
    expect(asked[2]).toEqual(await roomOf(page))

    // As small as no screen is.
    await screen.evaluate((element) => {
      element.style.bottom = 'auto'
      element.style.height = '40px'
    })
    await page.waitForTimeout(aMoment)
    expect(asked).toHaveLength(3)
  })
}

function refusedSize(): void {
  test('a size that is refused is not asked for again, and one that is not answered blocks nothing', async ({
    page,
    app,
    front,
  }) => {
    const asked: Size[] = []
    let answer: number | undefined = 1
    front.manner = {
      kind: 'own',
      serve: async (socket) => {
        const server = await RfbServer.greet(socket)
        server.paint(0x80)
        server.resizable((size) => {
          asked.push(size)
          return answer
        })
      },
    }
    const screen = await knock(page, app)
    await expect(screen).toHaveAttribute('data-connection', 'open')
    await choose(page, /Resize remote screen/)
    await expect.poll(() => asked.length).toBe(1)
    await page.waitForTimeout(aMoment)
    expect(asked).toHaveLength(1)
    answer = undefined
    // The refusal has taken the mark from the box.
    await choose(page, /Resize remote screen/)
    await expect.poll(() => asked.length).toBe(2)
    answer = 0
    await page.setViewportSize({ width: 1_100, height: 760 })
    await expect.poll(() => asked.length).toBe(3)
    await expect(screen.locator('canvas')).toHaveAttribute('width', String(asked[2]?.[0]))
  })
}

eachWay(() => {
  sizeAtAnyZoom()
  sizeOfThePlace()
  refusedSize()
})
