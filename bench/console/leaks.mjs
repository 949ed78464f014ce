// A hundred reconnections and fifty times in and out of a screen: nothing is left behind.
import { atMost, seconds } from '../figures.mjs'
import { onStage } from '../stage.mjs'

const reconnections = 100
const visits = 50

export const measure = () =>
  onStage({}, async ({ front, app, at, browser }) => {
    // A page that nobody listens in to: what is measured must not be what measures.
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await cdp.send('Performance.enable')
    const weigh = async () => {
      await seconds(1)
      for (let round = 0; round < 3; round += 1)
        await cdp.send('HeapProfiler.collectGarbage')
      const { metrics } = await cdp.send('Performance.getMetrics')
      const of = (name) =>
        metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
      return {
        megabytes: of('JSHeapUsedSize') / 1e6,
        nodes: await page.evaluate(() => document.querySelectorAll('*').length),
        all: of('Nodes'),
      }
    }
    const more = (before, after) => ({
      megabytes: after.megabytes - before.megabytes,
      nodes: after.nodes - before.nodes,
      all: after.all - before.all,
    })
    const open = () => page.waitForSelector('[data-connection=open]', { timeout: 30_000 })
    // The bar shows the line's milliseconds once they are measured, some seconds after the first image.
    const settled = () =>
      page
        .getByText(/^\d+ ms$/)
        .first()
        .waitFor({ state: 'attached', timeout: 30_000 })
    const link = page.getByRole('link', { name: 'Console', exact: true })
    const visit = async () => {
      await link.click()
      await open()
      await page.goBack()
      await link.waitFor()
    }
    const reconnect = async () => {
      const screen = page.locator('[role=application]')
      const before = Number(await screen.getAttribute('data-attempt'))
      front.terminate()
      // The first loss is mended at once; for later ones somebody presses the button.
      await page.waitForFunction(
        (attempt) => {
          const element = document.querySelector('[role=application]')
          const { attempt: now, connection } = element.dataset
          if (Number(now) > attempt && connection === 'open') return true
          const retry = [...document.querySelectorAll('button')].find(({ textContent }) =>
            textContent?.startsWith('Reconnect now'),
          )
          if (Number(now) === attempt) retry?.click()
          return false
        },
        before,
        { polling: 30, timeout: 30_000 },
      )
    }

    await page.goto(`${app.url}/instances/${at.zone}/${at.id}`)
    for (let round = 0; round < 5; round += 1) await visit()
    const idle = await weigh()
    for (let round = 0; round < visits; round += 1) await visit()
    const visited = more(idle, await weigh())
    const socketsAfterVisits = front.open

    await link.click()
    await open()
    for (let round = 0; round < 5; round += 1) await reconnect()
    await settled()
    const living = await weigh()
    for (let round = 0; round < reconnections; round += 1) await reconnect()
    await settled()
    const reconnected = more(living, await weigh())
    const sockets = front.open - 1
    return [
      atMost(4, `${visits} × in and out: sockets left`, socketsAfterVisits, 0, ''),
      atMost(4, '  elements more on the page', visited.nodes, 0, ''),
      atMost(4, '  heap more', visited.megabytes, 5, 'MB', 2),
      atMost(4, `${reconnections} reconnections: sockets left`, sockets, 0, ''),
      atMost(4, '  elements more on the page', reconnected.nodes, 0, ''),
      atMost(4, '  heap more', reconnected.megabytes, 5, 'MB', 2),
    ]
  })
