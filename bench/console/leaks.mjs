// Fifty times in and out of a screen: nothing is left behind.
const rounds = 50

export async function measure(bench) {
  const context = await bench.newContext()
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  const weigh = async () => {
    await cdp.send('HeapProfiler.collectGarbage')
    const { metrics } = await cdp.send('Performance.getMetrics')
    const of = (name) => metrics.find((metric) => metric.name === name)?.value ?? 0
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length)
    return { heap: of('JSHeapUsedSize'), nodes }
  }
  await cdp.send('Performance.enable')
  const visit = async () => {
    await page.getByRole('button', { name: 'Console' }).click()
    await page.locator('[data-connection=open]').waitFor({ timeout: 30_000 })
    await page.goBack()
    await page.getByRole('button', { name: 'Console' }).waitFor()
  }
  await page.goto(`${bench.app.url}/instances/${bench.at.zone}/${bench.at.id}`)
  for (let round = 0; round < 5; round += 1) await visit()
  const before = await weigh()
  for (let round = 0; round < rounds; round += 1) await visit()
  await page.waitForTimeout(1_000)
  const after = await weigh()
  const megabytes = (after.heap - before.heap) / 1e6
  const nodes = after.nodes - before.nodes
  const sockets = bench.front.open
  await context.close()
  return [
    {
      what: `heap after ${rounds} visits`,
      target: '< 5 MB more',
      figure: `${megabytes.toFixed(1)} MB`,
      ok: megabytes < 5,
    },
    {
      what: '  nodes on the page',
      target: '0 more',
      figure: String(nodes),
      ok: nodes <= 0,
    },
    { what: '  sockets left', target: '0', figure: String(sockets), ok: sockets === 0 },
  ]
}
