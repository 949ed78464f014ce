// How fast the Send text panel types into a real guest, from the press of its button until the guest
// has the last byte; and how soon Cancel ends it.
import { atLeast, atMost, seconds } from '../figures.mjs'
import { onStage } from '../stage.mjs'

const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join(
  '',
)
const lines = (count) =>
  Array.from({ length: Math.ceil(count / 96) }, () => `${printable}\n`)
    .join('')
    .slice(0, count)

async function until(condition, what) {
  for (let tries = 0; tries < 6_000; tries += 1) {
    if (condition()) return
    await seconds(0.005)
  }
  throw new Error(`${what}: never`)
}

async function openPanel(stage) {
  const page = await stage.newPage()
  await stage.openScreen(page, 'ours')
  await page.getByRole('button', { name: 'Tools' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Send text' }).click()
  return page.getByRole('region', { name: 'Send text' })
}

/** Characters a second; throws when it is not this text that arrives. */
async function speed({ guest }, panel, layout, text) {
  await panel.getByLabel('Keyboard layout of the instance').selectOption(layout)
  await panel.getByLabel('Text', { exact: true }).fill(text)
  const begin = guest.typed().length
  const button = panel.getByRole('button', { name: 'Type text' })
  await button.waitFor()
  await seconds(0.5)
  const began = performance.now()
  await button.click()
  const arrived = () => guest.typed().subarray(begin)
  const wanted = text.length
  await until(() => arrived().length >= wanted, `${arrived().length} of ${wanted}`)
  const took = performance.now() - began
  await panel.locator('[data-typing=done]').waitFor()
  // Return is what the key sends.
  if (arrived().toString().replaceAll('\r', '\n') !== text)
    throw new Error(`${layout}: something else arrived`)
  return text.length / (took / 1_000)
}

async function cancelled({ guest }, panel, characters) {
  await panel.getByLabel('Keyboard layout of the instance').selectOption('us')
  await panel.getByLabel('Text', { exact: true }).fill(lines(2_000))
  const before = guest.typed().length
  await panel.getByRole('button', { name: 'Type text' }).click()
  await until(() => guest.typed().length > before + characters, 'typing')
  const cancel = panel.getByRole('button', { name: 'Cancel' })
  const began = performance.now()
  await cancel.evaluate((button) => button.click())
  let last = performance.now()
  let count = guest.typed().length
  while (performance.now() - began < 1_500) {
    const now = guest.typed().length
    if (now !== count) last = performance.now()
    count = now
    await seconds(0.002)
  }
  return last - began
}

export async function measure() {
  const usual = await onStage({ guest: { typed: true, keyDelayMs: 10 } }, async (stage) => {
    const panel = await openPanel(stage)
    const plain = await speed(stage, panel, 'us', lines(1_000))
    const any = await speed(stage, panel, 'any', lines(300))
    const stops = []
    // All through a run, which is ten characters.
    for (let round = 0; round < 5; round += 1)
      stops.push(await cancelled(stage, panel, 60 + round * 2))
    return { plain, any, stops }
  })
  const quick = await onStage({ guest: { typed: true, keyDelayMs: 1 } }, async (stage) =>
    speed(stage, await openPanel(stage), 'us', lines(2_000)),
  )
  return [
    atLeast(6, 'typed into QEMU as it comes, 1,000 characters', usual.plain, 40, '/s', 1),
    atLeast(6, '  at 1 ms a key, 2,000 characters', quick, 200, '/s', 1),
    atLeast(6, '  by numbers, any layout, 300 characters', usual.any, 12, '/s', 1),
    atMost(6, '  Cancel → the last character, worst of 5', Math.max(...usual.stops), 200),
  ]
}
