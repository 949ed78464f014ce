// Whether 1,000 characters arrive as they were sent, three times under each of nine keyboards: by the
// places of the keys, and by numbers whatever the keyboard. The first run begins with CapsLock on, in
// the second the machine stands still for 8 s, the third goes over 100 ms of network. Takes half an hour.
import { mixed, runOnItsWay } from '../../e2e/typed-text.ts'
import { keymaps } from '../../src/sandbox/console/guest/keymaps.ts'
import { layoutNames } from '../../src/web/console/typist/layouts-known.ts'
import { atLeast, seconds } from '../figures.mjs'
import { onStage } from '../stage.mjs'

const text = mixed(1_000)
/** So many machines at once: typing is waiting. */
const stages = 3

async function pause({ front, guest }) {
  await runOnItsWay(front)
  await guest.hold()
  await seconds(8)
  await guest.cont()
}

async function send({ guest }, panel, what, meanwhile = async () => {}) {
  const before = guest.typed().length
  await panel.getByLabel('Text', { exact: true }).fill(what)
  await panel.getByRole('button', { name: 'Type text' }).click()
  while (guest.typed().length < before + what.length * 0.3) await seconds(0.05)
  await meanwhile()
  await panel
    .locator('[data-typing=done]')
    .getByText('confirmed by the instance')
    .waitFor({ timeout: 200_000 })
  await seconds(0.5)
  return guest.typed().subarray(before).toString()
}

/** How many of three runs arrived whole, with no key and no lock left behind. */
async function whole(stage, panel, keymap, choice) {
  const { front, guest } = stage
  const capsLock = () =>
    guest.machine.tell('send-key', { keys: [{ type: 'qcode', data: 'caps_lock' }] })
  await guest.inside(`loadkeys -q ${keymaps[keymap]} </dev/tty1 >/dev/tty1 2>&1`)
  await panel.getByLabel('Keyboard layout of the instance').selectOption(choice)
  let count = 0
  for (const way of ['capsLock', 'pause', 'far']) {
    if (way === 'capsLock') await capsLock()
    front.roundTripMs = way === 'far' ? 100 : 0
    await seconds(1)
    const meanwhile = way === 'pause' ? () => pause(stage) : undefined
    const arrived = await send(stage, panel, text, meanwhile)
    if (way === 'capsLock') await capsLock()
    await seconds(1)
    const after = await send(stage, panel, 'abc')
    if (arrived === text && after === 'abc') count += 1
    else console.log(`${keymap} by ${choice}, ${way}: ${arrived.length} and ${after}`)
  }
  front.roundTripMs = 0
  return count
}

async function some(layouts) {
  return onStage({ guest: { typed: true, keyDelayMs: 10 } }, async (stage) => {
    const page = await stage.newPage()
    await stage.openScreen(page, 'ours')
    await page.getByRole('button', { name: 'Tools' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Send text' }).click()
    const panel = page.getByRole('region', { name: 'Send text' })
    const found = { places: 0, numbers: 0 }
    for (const layout of layouts) {
      found.places += await whole(stage, panel, layout, layout)
      found.numbers += await whole(stage, panel, layout, 'any')
    }
    return found
  })
}

export async function measure() {
  const layouts = process.env.LAYOUTS?.split(' ') ?? layoutNames
  const shares = Array.from({ length: stages }, (_, at) =>
    layouts.filter((_layout, index) => index % stages === at),
  )
  const found = await Promise.all(shares.filter((share) => share.length > 0).map(some))
  const runs = layouts.length * 3
  return ['places', 'numbers'].map((how) =>
    atLeast(
      5,
      `1,000 characters by ${how}, exactly, of ${runs} runs`,
      found.reduce((sum, counts) => sum + counts[how], 0),
      runs,
      'runs',
    ),
  )
}
