import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { beforeAll, expect, onTestFinished, test, vi } from 'vitest'

import { startTestGuest, type TestGuest } from '../../testing/test-guest.ts'
import { desktopSize, rawEncoding, TestViewer } from '../../testing/test-viewer.ts'
import { aMachine, aZone } from '../../testing/test-zone.ts'
import type { Keymap } from '../guest/keymaps.ts'
import { guestPieces } from '../guest/pieces.ts'
import { secureBootAvailable } from './firmware.ts'
import { startTimeOf } from './process.ts'
import { qemuAvailable } from './qemu-machine.ts'
import { tpmAvailable } from './tpm.ts'

// If QEMU is installed, guests must be available: CI installs it, so nothing is skipped there.
const withQemu = test.skipIf(!qemuAvailable())
const guestTestMs = 180_000

beforeAll(async () => {
  if (qemuAvailable()) await guestPieces()
}, 200_000)

test('in CI, QEMU is installed', () => {
  if (process.env.CI) expect(qemuAvailable()).toBe(true)
})

/** The share of one processor that a process takes over two seconds. */
async function busyShare(pid = 0): Promise<number> {
  const ticks = () => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[11]) + Number(fields[12])
  }
  const [before, since] = [ticks(), performance.now()]
  await wait(2_000)
  // A tick is 10 ms.
  return ((ticks() - before) * 10) / (performance.now() - since)
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vt-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function aGuest(options: Parameters<typeof startTestGuest>[0] = {}) {
  const guest = await startTestGuest(options)
  onTestFinished(() => guest.close())
  return guest
}

withQemu(
  'a guest is who the API says, with its processors, memory, disk and keys',
  async () => {
    const userData = `#cloud-config
hostname: counter
write_files:
  - path: /etc/motd
    content: "Till number four\\n"
  - { path: /home/debian/till.conf, content: open, permissions: '0600' }
runcmd:
  - [sh, -c, 'echo once >> /root/once']
`
    const { inside, machine } = await aGuest({
      spec: {
        name: 'web 01',
        cpus: 2,
        memoryBytes: 512 * 2 ** 20,
        diskGib: 20,
        defaultUser: 'debian',
        sshKeys: ['ssh-ed25519 AAAAC3 ana@laptop'],
        userData: Buffer.from(userData).toString('base64'),
      },
    })

    expect(await inside('hostname')).toBe('counter')
    expect(await inside('cat /etc/motd')).toBe('Till number four')
    expect(await inside('cat /home/debian/till.conf')).toBe('open')
    expect(
      await inside('until [ -s /root/once ]; do sleep 0.1; done; cat /root/once'),
    ).toBe('once')
    expect(await inside('nproc')).toBe('2')
    const memory = Number(await inside(`free -m | awk '/Mem/ { print $2 }'`))
    expect(memory).toBeGreaterThan(440)
    expect(memory).toBeLessThanOrEqual(512)
    const gib = Number(await inside(`df -k /home | awk 'END { print $2 / 1048576 }'`))
    expect(gib).toBeGreaterThan(19)
    expect(gib).toBeLessThanOrEqual(20)
    expect(await inside('cat /home/debian/.ssh/authorized_keys')).toBe(
      'ssh-ed25519 AAAAC3 ana@laptop',
    )
    expect(await inside('stat -c %U /home/debian/.ssh')).toBe('debian')
    // At its login prompt, it uses almost no processor time.
    expect(await busyShare(machine.pid)).toBeLessThan(0.1)
  },
  guestTestMs,
)

const showing = (guest: Pick<TestGuest, 'screen'>, text: string | RegExp) =>
  vi.waitFor(async () => expect(await guest.screen()).toMatch(text), {
    timeout: guestTestMs,
    interval: 200,
  })

withQemu(
  'a password given to a running guest opens its login prompt, the one before does not',
  async () => {
    const guest = await aGuest({ spec: { password: 'first-secret1' } })
    await showing(guest, 'guest login:')
    await guest.machine.setPassword(guest.spec, 'second-secret2')
    const logIn = async (password: string) => {
      await showing(guest, /guest login: *$/m)
      await guest.enter('ubuntu')
      await showing(guest, /Password: *$/m)
      await guest.enter(password)
    }

    await logIn('first-secret1')
    await showing(guest, 'Login incorrect')
    await guest.inside('clear >/dev/tty1')
    await guest.enter('')
    await logIn('second-secret2')

    await showing(guest, 'ubuntu@guest:~$')
  },
  guestTestMs,
)

// Two keys that tell the keyboards apart: right of P, and the second of the bottom row.
const keyboards: [Keymap, string][] = [
  ['us', '[z'],
  ['de-CH', 'üy'],
  ['it', 'èz'],
]

withQemu.each(keyboards)(
  'with the keyboard of %s two keys arrive as %s, byte by byte',
  async (keymap, characters) => {
    const guest = await startTestGuest({ keymap, typed: true })
    try {
      for (const code of ['bracket_left', 'z', 'ret'])
        await guest.machine.tell('send-key', { keys: [{ type: 'qcode', data: code }] })

      await vi.waitFor(
        () => expect(guest.typed().toString()).toBe(`${characters}\r`),
        guestTestMs,
      )
    } finally {
      await guest.close()
    }
  },
  guestTestMs,
)

withQemu(
  'a guest that was held for a while goes on where it was',
  async () => {
    const guest = await aGuest({ typed: true, keyDelayMs: 10 })
    const viewer = await TestViewer.open(guest.url, [rawEncoding, desktopSize])
    const arrived = (text: string) =>
      vi.waitFor(() => expect(guest.typed().toString()).toBe(text), guestTestMs)
    viewer.type('abc')
    await arrived('abc')

    await guest.hold()
    await guest.cont()
    viewer.type('def')

    await arrived('abcdef')
    viewer.close()
  },
  guestTestMs,
)

withQemu(
  'what was on the disk at a snapshot comes back, what came later is gone, and it stays grown',
  async () => {
    const { machine, disks, spec, inside } = await aGuest({ spec: { diskGib: 10 } })
    const { instanceId } = spec
    await inside('echo before >/root/file')
    await machine.snapshot('s1')
    await inside('echo after >/root/file; sync')

    await machine.stop()
    await disks.grow(instanceId, 20)
    await disks.revert(instanceId, 's1', 20)
    await machine.start(spec, { rescue: 'netboot' })
    expect(await inside('mount /dev/vda /mnt; cat /mnt/root/file; umount /mnt')).toBe(
      'before',
    )
    expect(await busyShare(machine.pid)).toBeLessThan(0.1)
    await machine.stop()
    await machine.start({ ...spec, cpus: 2 }, {})

    expect(await inside('cat /root/file; nproc')).toBe('before\n2')
    const gib = Number(await inside(`df -k /home | awk 'END { print $2 / 1048576 }'`))
    expect(gib).toBeGreaterThan(19)
    await machine.stop()
    await disks.reset(instanceId, 20)
    await machine.start(spec, {})
    expect(await inside('ls /root')).toBe('')
    await machine.deleteSnapshot('s1')
    expect(await disks.hasSnapshot(instanceId, 's1')).toBe(false)
  },
  guestTestMs,
)

withQemu(
  'secure boot and a TPM are there for the system to see',
  async () => {
    if (process.env.CI)
      expect([secureBootAvailable(), tpmAvailable()]).toEqual([true, true])
    const { inside, screen, machine } = await aGuest({
      spec: { secureBoot: true, tpm: true },
    })
    // Four bytes of attributes, then the variable's one byte.
    const secureBoot = 'hexdump -v -e \'1/1 "%d "\' /sys/firmware/efi/efivars/SecureBoot-*'
    expect(await inside(secureBoot)).toMatch(/ 1 ?$/)
    // The firmware starts nothing without a signature by one of its keys.
    expect(await inside('dmesg')).toMatch(/Secure boot enabled/)
    expect(await inside('dmesg')).toMatch(/X\.509 cert 'Debian Secure Boot CA/)
    expect(await inside('cat /sys/class/tpm/tpm0/tpm_version_major')).toBe('2')
    expect(await inside('df -k /home | tail -n 1')).toContain('/dev/vda')
    expect(await screen()).toContain('guest login:')
    expect(await busyShare(machine.pid)).toBeLessThan(0.1)
  },
  guestTestMs,
)

withQemu(
  'a reboot keeps the connection and boots again, under a new name',
  async () => {
    const guest = await aGuest()
    const viewer = await TestViewer.open(guest.url, [rawEncoding, desktopSize])

    await guest.machine.reboot({ ...guest.spec, name: 'renamed' })

    expect(await guest.inside('hostname')).toBe('renamed')
    const before = viewer.updates
    await guest.enter('')
    await viewer.until((now) => now.updates > before)
    viewer.close()
  },
  guestTestMs,
)

withQemu(
  'a stop lets the system go down and ends the connection with 1000, leaving nothing behind',
  async () => {
    const folder = aFolder()
    const zone = await aZone({ machines: 'qemu', stateDir: folder })
    const spec = aMachine()
    await zone.consoles.start(spec)
    const viewer = await zone.look(spec.instanceId, [rawEncoding, desktopSize])
    const closing = viewer.closing()

    await zone.consoles.stop(spec.instanceId)
    expect(await closing).toEqual({ code: 1000, reason: 'machine stopped' })

    await zone.consoles.close()
    expect(readdirSync(folder)).toEqual([])
  },
  guestTestMs,
)

withQemu(
  'beyond the limit a machine gets a simulated screen that says so',
  async () => {
    const zone = await aZone({
      machines: 'auto',
      stateDir: aFolder(),
      maxQemu: 1,
      speed: 1,
    })
    const [first, second] = [aMachine(), aMachine()]
    await zone.consoles.start(first)
    await zone.consoles.start(second)
    const viewer = await zone.look(second.instanceId)

    await viewer.untilText('Simulated screen: the limit of running QEMU instances (1)')
  },
  guestTestMs,
)

withQemu(
  'when the sandbox is killed outright, its machines go too',
  async () => {
    const script = `
    const { startTestGuest } = await import(process.env.MODULE)
    const { machine } = await startTestGuest()
    console.log(machine.pid)`
    const sandbox = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      {
        env: {
          ...process.env,
          MODULE: new URL('../../testing/test-guest.ts', import.meta.url).href,
          TMPDIR: aFolder(),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    onTestFinished(() => void sandbox.kill('SIGKILL'))
    const [said] = await once(sandbox.stdout, 'data')
    const pid = Number(said)
    expect(startTimeOf(pid)).toBeDefined()

    sandbox.kill('SIGKILL')

    await vi.waitUntil(() => startTimeOf(pid) === undefined, { timeout: 30_000 })
  },
  guestTestMs,
)
