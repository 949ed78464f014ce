/** Distinguishes an instance that doesn't read keys from a lost connection. */
import { keysSaid } from './console-front.ts'
import { expect, look, test } from './front-app.ts'
import { RfbServer, serveMachine } from './rfb-server.ts'
import { openTool } from './vocabulary.ts'

test('a response to keys is distinguished from a working connection', async ({
  page,
  app,
  front,
}) => {
  await look(page, app)
  const panel = await openTool(page, 'Connection details')
  const ask = panel.getByRole('button', { name: 'Test keyboard' })
  await ask.click()
  await expect(panel.getByText(/The instance responds to keys \(\d+ ms\)/)).toBeVisible()
  const locks = keysSaid(front.said).filter(({ keysym }) => keysym === 0xff7f)
  // Twice, so that the light is as it was.
  expect(locks.map(({ down }) => down)).toEqual([true, false, true, false])

  front.manner = {
    kind: 'own',
    serve: async (socket) => {
      const server = await RfbServer.greet(socket)
      server.paint(0x80)
    },
  }
  front.terminate()
  await expect(page.locator('[data-attempt="2"][data-connection=open]')).toBeVisible()
  await ask.click()
  await expect(panel.getByText(/doesn’t report the keyboard LEDs/)).toBeVisible()
})

test('an instance that reads no keys is distinguished from a lost connection', async ({
  page,
  app,
  front,
}) => {
  const condition = { line: true, keys: false }
  front.manner = { kind: 'own', serve: (socket) => serveMachine(socket, condition) }
  await look(page, app)
  const panel = await openTool(page, 'Connection details')
  const ask = panel.getByRole('button', { name: 'Test keyboard' })
  await ask.click()
  await expect(ask).toHaveAttribute('aria-busy')
  await expect(
    panel.getByText(/connection works, but the instance doesn’t respond/),
  ).toBeVisible()
  await expect(page.getByText('Connected', { exact: true })).toBeVisible()

  // The instance continues: the same connection now reports the light.
  condition.keys = true
  await ask.click()
  await expect(panel.getByText(/The instance responds to keys \(\d+ ms\)/)).toBeVisible()

  condition.line = false
  await expect(page.getByText('Unstable', { exact: true })).toBeVisible()
  await ask.click()
  await expect(panel.getByText(/connection is down, so this can’t be tested/)).toBeVisible()
})
