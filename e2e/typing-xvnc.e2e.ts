/** Types texts into a server without a keyboard: every character is sent as itself. */
import { expect, test as base } from './front-app.ts'
import { printable } from './typed-text.ts'
import { openScreen, openTool } from './vocabulary.ts'
import { missing, XDisplay } from './x-display.ts'

const test = base.extend<{ display: XDisplay }>({
  display: async ({ front }, use) => {
    const display = new XDisplay()
    await display.start()
    front.manner = { kind: 'own', serve: (viewer) => display.serve(viewer) }
    await use(display)
    await display.close()
  },
})

test.skip(missing, 'Xvnc or xterm is not installed') // never in CI, which installs both

// Thirty on eighteen keys: Xvnc has nineteen to spare for what is on none of its own.
const others = 'äÄöÖüÜéÉèÈàÀçÇñÑøØåÅêÊíÍ漢か한€ж→'

test('1,000 characters, with accents and Chinese, arrive as they are, three times', async ({
  page,
  display,
}) => {
  const text = (printable.join('') + others).repeat(10).slice(0, 999) + '.'
  await openScreen(page, 'web-01')
  const panel = await openTool(page, 'Send text')
  await panel.getByLabel('Keyboard layout of the instance').selectOption('characters')
  for (let run = 1; run <= 3; run += 1) {
    await panel.getByLabel('Text', { exact: true }).fill(text)
    await panel.getByRole('button', { name: 'Type text' }).click()
    await expect(panel.locator('[data-typing=done]')).toContainText('1,000 characters', {
      timeout: 60_000,
    })
    await expect.poll(() => display.typed).toBe(text.repeat(run))
  }
})
