import { randomBytes } from 'node:crypto'
import { once } from 'node:events'

import { expect, test } from 'vitest'
import { WebSocket } from 'ws'

import { keysyms, rawEncoding, TestViewer, zrleEncoding } from '../testing/test-viewer.ts'
import { aMachine, aZone } from '../testing/test-zone.ts'
import type { PowerAction } from './machine.ts'

async function logIn(viewer: TestViewer, user = 'ubuntu') {
  await viewer.untilText('web-01 login:')
  viewer.type(`${user}\n`)
  await viewer.untilText('Password:')
  viewer.type('anything\n')
  await viewer.untilText(/@web-01:~[$#]/)
}

/** The close code and reason of a rejected connection. */
async function refusalOf(url: string): Promise<string> {
  const [code, reason] = await once(new WebSocket(url), 'close')
  return `${code} ${reason}`
}

test.each([
  ['ZRLE', [zrleEncoding]],
  ['Raw', [rawEncoding]],
])('what is typed at the shell comes back on the screen, in %s', async (_, encodings) => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId, encodings)
  await logIn(viewer)
  const word = randomBytes(6).toString('hex')

  viewer.type(`echo ${word}\n`)
  await viewer.untilText(new RegExp(`\\n${word}\\n`))

  expect(zone.consoles.transcript(spec.instanceId)).toEqual([
    `ubuntu@web-01:~$ echo ${word}`,
    word,
  ])
})

test('the boot says that the screen is simulated, and so does the greeting', async () => {
  const zone = await aZone({ speed: 20 })
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)

  await viewer.untilText('Vedette sandbox, simulated')
  await logIn(viewer)
  expect(viewer.text()).toContain('a simulated instance in the Vedette sandbox')
})

test('a ticket opens one connection; the second is rejected with 4403', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const url = zone.urlOf(zone.consoles.mint(spec.instanceId))
  await TestViewer.open(url)

  expect(await refusalOf(url)).toBe('4403 the console ticket was already used')
})

test('an expired ticket is rejected with 4403', async () => {
  let time = 0
  const zone = await aZone({ now: () => time })
  const spec = aMachine()
  await zone.consoles.start(spec)
  const url = zone.urlOf(zone.consoles.mint(spec.instanceId))
  time = 60_000

  expect(await refusalOf(url)).toBe('4403 the console ticket has expired')
})

test('a forged ticket is rejected with 4403', async () => {
  const zone = await aZone()

  const url = zone.urlOf('/sandbox-console/some/bm9uZQ.bm9uZQ')

  expect(await refusalOf(url)).toBe('4403 the console ticket is not valid')
})

test('a ticket of another instance is rejected, and stays valid for its own', async () => {
  const zone = await aZone()
  const [one, other] = [aMachine(), aMachine()]
  await Promise.all([zone.consoles.start(one), zone.consoles.start(other)])
  const path = zone.consoles.mint(other.instanceId)
  const wrong = zone.urlOf(path.replace(other.instanceId, one.instanceId))

  expect(await refusalOf(wrong)).toBe('4403 the console ticket is for another instance')
  await TestViewer.open(zone.urlOf(path))
})

test('an instance that is not running has no screen', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  await zone.consoles.stop(spec.instanceId)

  expect(await refusalOf(zone.urlOf(zone.consoles.mint(spec.instanceId)))).toBe(
    '4409 the instance is not running',
  )
})

test('any other path is left to the server', async () => {
  const zone = await aZone()
  const socket = new WebSocket(zone.urlOf('/elsewhere'))
  socket.on('error', () => {})
  const [, response] = await once(socket, 'unexpected-response')

  expect(response.statusCode).toBe(404)
})

test.each([[[]], [['binary']]])('subprotocols %j are accepted', async (protocols) => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId, undefined, protocols)

  await viewer.untilText('login:')
  expect(viewer.protocol).toBe(protocols[0] ?? '')
})

test('stopping closes the connection with 1000 after the shutdown messages', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  await viewer.untilText('login:')
  const closing = viewer.closing()

  await zone.consoles.stop(spec.instanceId)

  expect(await closing).toEqual({ code: 1000, reason: 'machine stopped' })
  expect(viewer.text()).toContain('Reached target: power off')
})

test('closing the zone closes connections with 1001', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  const closing = viewer.closing()

  await zone.consoles.close()

  expect((await closing).code).toBe(1001)
})

test('a reboot keeps the connection and boots again', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  await logIn(viewer)

  await zone.consoles.reboot(spec.instanceId)

  await viewer.until((now) => /login:/.test(now.text()) && !/Last login/.test(now.text()))
})

test('the shell history is kept over a stop and a start, not over a delete', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  await logIn(viewer)
  viewer.type('hostname\n')
  await viewer.untilText(/\nweb-01\n/)
  const before = zone.consoles.transcript(spec.instanceId)

  await zone.consoles.stop(spec.instanceId)
  await zone.consoles.start(spec)
  expect(before).toContain('web-01')
  expect(zone.consoles.transcript(spec.instanceId)).toEqual(before)

  await zone.consoles.destroy(spec.instanceId)
  expect(zone.consoles.transcript(spec.instanceId)).toEqual([])
})

test('two viewers see the same screen', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const one = await zone.look(spec.instanceId)
  const two = await zone.look(spec.instanceId)
  await logIn(one)

  one.type('echo for both\n')

  await Promise.all([one, two].map((viewer) => viewer.untilText(/\nfor both\n/)))
})

test('backspace, Ctrl-U, Ctrl-C and the history edit the line', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  await logIn(viewer)

  viewer.type('echo firsx')
  viewer.press(keysyms.backspace)
  viewer.type('t\nwrong words')
  viewer.chord(keysyms.ctrl, 'u'.charCodeAt(0))
  viewer.type('not this')
  viewer.chord(keysyms.ctrl, 'c'.charCodeAt(0))
  viewer.press(keysyms.up)
  viewer.type('\nwhoami\n')
  await viewer.untilText(/\nubuntu\n/)

  expect(zone.consoles.transcript(spec.instanceId)).toEqual([
    'ubuntu@web-01:~$ echo first',
    'first',
    'ubuntu@web-01:~$ echo first',
    'first',
    'ubuntu@web-01:~$ whoami',
    'ubuntu',
  ])
})

test('extended keys are acknowledged, and scancodes without a keysym are read as a US keyboard', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  await logIn(viewer)

  for (const scancode of [0x12, 0x2e, 0x23, 0x18, 0x39, 0x25, 0x1c])
    viewer.pressCode(scancode)
  await viewer.untilText(/\nk\n/)

  expect(viewer.extendedKeys).toBe(true)
})

test('NumLock changes the lights that viewers get', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  await viewer.until(({ lamps }) => lamps === 2)

  viewer.press(keysyms.numLock)

  await viewer.until(({ lamps }) => lamps === 0)
})

test('Ctrl-Alt-Del reboots a Linux and notifies the zone', async () => {
  const told: PowerAction[] = []
  const zone = await aZone({ onPower: (_, action) => told.push(action) })
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  await logIn(viewer)

  viewer.chord(keysyms.ctrl, keysyms.alt, keysyms.delete)

  await viewer.until((now) => /login:/.test(now.text()) && !/Last login/.test(now.text()))
  expect(told).toEqual(['reboot'])
})

test('poweroff at the shell makes the zone stop the machine', async () => {
  const zone = await aZone({
    onPower: (instanceId, action) => {
      if (action === 'poweroff') void zone.consoles.stop(instanceId)
    },
  })
  const spec = aMachine()
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  await logIn(viewer, 'root')
  const closing = viewer.closing()

  viewer.type('poweroff\n')

  expect(await closing).toEqual({ code: 1000, reason: 'machine stopped' })
})

test('a Windows machine is unlocked by Ctrl-Alt-Del and a password', async () => {
  const zone = await aZone()
  const spec = aMachine({
    templateFamily: 'windows',
    templateName: 'Windows Server 2022',
    defaultUser: 'Administrator',
  })
  await zone.consoles.start(spec)
  const viewer = await zone.look(spec.instanceId)
  await viewer.untilText('Press Ctrl+Alt+Delete to unlock.')

  viewer.chord(keysyms.ctrl, keysyms.alt, keysyms.delete)
  await viewer.untilText('Type the password')
  viewer.type('secret\n')
  await viewer.untilText('C:\\Users\\Administrator>')

  viewer.type('hostname\n')
  await viewer.untilText(/\nweb-01\n/)
})

test('a rescue boot leads through a menu to a recovery shell', async () => {
  const zone = await aZone()
  const spec = aMachine()
  await zone.consoles.start(spec, { rescue: 'netboot' })
  const viewer = await zone.look(spec.instanceId)

  await viewer.untilText('rescue#')
})
