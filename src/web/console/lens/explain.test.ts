import { expect, test } from 'vitest'

import { explain, type Moment } from './explain.ts'

/** Example screens, and how each is explained. */
const screens: [Moment, string][] = [
  ['login', 'Ubuntu 24.04.1 LTS web-01 tty1\n\nweb-01 login: '],
  ['login', 'Debian GNU/Linux 12 web-01 tty1\n\nweb-01 login: ubuntu'],
  ['password', 'web-01 login: ubuntu\nPassword: '],
  ['password', '[sudo] password for ubuntu:'],
  ['password', 'Please enter passphrase for disk root:'],
  ['login-refused', 'web-01 login: root\nPassword:\n\nLogin incorrect\nweb-01 login:'],
  ['shell', 'Last login: Mon Nov 23\nubuntu@web-01:~$ ls'],
  ['shell', 'Microsoft Windows [Version 10.0]\nC:\\Users\\Administrator>'],
  ['root-shell', 'root@web-01:~# '],
  ['root-shell', '[root@web-01 ~]# journalctl -b'],
  ['root-shell', '~ # '],
  [
    'boot-menu',
    '                 GNU GRUB  version 2.06\n +---+\n |*Debian GNU/Linux |\n' +
      '   Use the ^ and v keys to select which entry is highlighted.\n' +
      '   The highlighted entry will be executed automatically in 3s.',
  ],
  [
    'boot-loader-prompt',
    'error: no such partition.\nEntering rescue mode...\ngrub rescue> ',
  ],
  [
    'network-boot',
    'iPXE 1.21.1 -- Open Source Network Boot Firmware\nnet0: 52:54 using virtio',
  ],
  ['network-boot', 'PXE-E18: Server response timeout.'],
  [
    'panic',
    '[    1.2] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\n' +
      '[    1.2] CPU: 0 PID: 1 Comm: swapper/0\n' +
      '[    1.3] ---[ end Kernel panic - not syncing: VFS ]---',
  ],
  [
    'emergency',
    'You are in emergency mode. After logging in, type "journalctl -xb" to view\n' +
      'Give root password for maintenance\n(or press Control-D to continue): ',
  ],
  ['initramfs', 'ALERT!  UUID=1 does not exist.  Dropping to a shell!\n(initramfs) '],
  [
    'file-system-check',
    '/dev/vda1: UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY.\n\t(i.e., without -a or -p options)',
  ],
  ['file-system-check', '/dev/vda1 contains a file system with errors, check forced.'],
  ['out-of-memory', '[ 99.1] Out of memory: Killed process 812 (mysqld) total-vm:2048kB'],
  [
    'out-of-memory',
    '[ 99.0] mysqld invoked oom-killer: gfp_mask=0xcc0\n[ 99.2] Call Trace:\nweb-01 login:',
  ],
  [
    'no-boot-device',
    'Booting from Hard Disk...\nBoot failed: not a bootable disk\n\nNo bootable device.',
  ],
  ['no-boot-device', 'An operating system was not found... Operating System not found'],
  ['halted', '[  OK  ] Reached target poweroff.target - System Power Off.'],
  ['halted', '[   61.0] reboot: Power down'],
  ['halted', 'The system is going down NOW!\nSent SIGTERM to all processes'],
  ['windows-stopped', 'Your device ran into a problem and needs to restart.'],
  ['windows-stopped', '*** STOP: 0x0000007B (0xF78D2524,0xC0000034)'],
  ['windows-locked', 'Press Ctrl+Alt+Delete to unlock.\n\n10:42'],
  ['windows-repair', 'Preparing Automatic Repair'],
  ['starting', 'SeaBIOS (version 1.16.2-debian)\nBooting from Hard Disk...'],
  [
    'starting',
    '[    0.000000] Linux version 6.1.0\n[    0.5] ACPI: PM\n[    0.788431] x86/mm: ok',
  ],
  ['blank', '\n\n'],
]

test.each(screens)('%s: %s', (moment, screen) => {
  expect(explain(screen.split('\n'))?.moment).toBe(moment)
})

test('every explanation has an example', () => {
  expect(new Set(screens.map(([moment]) => moment)).size).toBe(20)
})

test('the end of the screen counts: a login after boot lines is a login', () => {
  const boot = ['SeaBIOS (version 1.16)', 'Booting from Hard Disk...', 'iPXE 1.21.1']

  expect(explain([...boot, '', 'web-01 login:'])?.moment).toBe('login')
  expect(
    explain([...boot, 'Boot failed', ...Array<string>(9).fill('fine'), 'root@web-01:~#']),
  ).toEqual({
    moment: 'root-shell',
    line: 'root@web-01:~#',
  })
})

test('the evidence is the matching line, and unknown text has no explanation', () => {
  expect(
    explain(['nothing', 'x Kernel panic - not syncing: Attempted to kill init!'])?.line,
  ).toBe('x Kernel panic - not syncing: Attempted to kill init!')
  expect(explain(['total 12', 'drwxr-xr-x 2 root'])).toBeUndefined()
})
