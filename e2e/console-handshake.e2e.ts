/** How a screen gets past the door of its proxy: the subprotocol, and refusals in words that end. */
import { eachWay, expect, knock, look, test } from './front-app.ts'

eachWay((via) => {
  test('a proxy that insists on the subprotocol is offered it', async ({
    page,
    app,
    front,
  }) => {
    front.subprotocol = 'required'
    const screen = await look(page, app)
    // A browser isn't told why the first one failed.
    const attempt = via === 'relay' ? '1' : '2'
    await expect(screen).toHaveAttribute('data-attempt', attempt)

    // What was found out once is known.
    await page.getByRole('button', { name: 'Screen', exact: true }).click()
    await page.locator('[role=menuitem]', { hasText: 'Disconnect' }).click()
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(screen).toHaveAttribute('data-connection', 'open')
    await expect(screen).toHaveAttribute('data-attempt', String(Number(attempt) + 1))
  })

  test('a proxy that accepts no subprotocol opens the screen at once', async ({
    page,
    app,
    front,
  }) => {
    front.subprotocol = 'none'
    const screen = await look(page, app)
    await expect(screen).toHaveAttribute('data-attempt', '1')
  })

  test('attempts that a proxy always refuses end in words, and start at one’s own word', async ({
    page,
    app,
    front,
  }) => {
    test.skip(via === 'direct', 'a browser doesn’t report a refusal')
    front.manner = { kind: 'refuse', status: 400 }
    const screen = await knock(page, app)
    await expect(page.getByText(/doesn’t accept this kind of connection/)).toBeVisible()
    await expect(page.getByText(/stopped after 8 attempts/)).toBeVisible({
      timeout: 60_000,
    })
    await expect(screen).toHaveAttribute('data-connection', 'closed')
    const { length } = front.asked
    front.manner = { kind: 'carry' }
    await page.waitForTimeout(1_000)
    expect(front.asked).toHaveLength(length)
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect(screen).toHaveAttribute('data-connection', 'open')
  })

  test('what is never RFB ends in words', async ({ page, app, front }) => {
    front.manner = {
      kind: 'own',
      serve: (socket) => socket.send(Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')),
    }
    const screen = await knock(page, app)
    await expect(page.getByText(/isn’t a VNC stream/)).toBeVisible()
    await expect(page.getByText(/stopped after 3 attempts/)).toBeVisible({
      timeout: 30_000,
    })
    await expect(screen).toHaveAttribute('data-connection', 'closed')
  })

  test.describe('the sandbox’s own proxy', () => {
    test.use({ settings: { CONSOLE_VIA: via, SANDBOX_SUBPROTOCOL: 'binary' } })

    test('can insist on the subprotocol', async ({ page, app }) => {
      const screen = await look(page, app)
      await expect(screen).toHaveAttribute('data-attempt', via === 'relay' ? '1' : '2')
    })
  })
})

test.describe('through the relay', () => {
  test.use({ settings: { CONSOLE_VIA: 'relay' } })

  for (const [status, words] of [
    [302, /somewhere else/],
    [400, /this kind of connection/],
    [401, /rejected the console address/],
    [404, /doesn’t know the console address/],
    [407, /asks for a sign-in/],
    [409, /using it exclusively/],
    [426, /doesn’t support websockets/],
    [429, /too many requests/],
    [503, /a problem of its own/],
  ] as const)
    test(`the status ${status} of a handshake has its words`, async ({
      page,
      app,
      front,
    }) => {
      front.manner = { kind: 'refuse', status }
      await knock(page, app)
      await expect(page.getByText(`The zone returned status ${status}.`)).toBeVisible()
      await expect(page.getByText(words)).toBeVisible()
    })
})
