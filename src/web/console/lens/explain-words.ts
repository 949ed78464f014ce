/** Explains each kind of screen in plain words. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

import type { Moment } from './explain.ts'

/** What a person may do next; each is a button on the card if it is possible. */
export type NextStep =
  | 'type-password'
  | 'send-text'
  | 'enter'
  | 'ctrl-alt-del'
  | 'reboot'
  | 'start'
  | 'rescue'
  | 'time-machine'

type MomentWords = {
  title: MessageDescriptor
  /** What it means, for someone who has never seen it. */
  meaning: MessageDescriptor
  /** The next step that can't make it worse. */
  advice: MessageDescriptor
  steps: readonly NextStep[]
  kind: 'info' | 'warning' | 'error'
}

export const momentWords: Record<Moment, MomentWords> = {
  login: {
    title: msg`Login prompt`,
    meaning: msg`The instance is running normally. It asks for a username, then a password.`,
    advice: msg`Type the template’s default username, for example ubuntu or root, and press Enter.`,
    steps: ['type-password', 'send-text'],
    kind: 'info',
  },
  password: {
    title: msg`Password prompt`,
    meaning: msg`Nothing appears while you type, not even dots. This is normal.`,
    advice: msg`Type the password and press Enter. Many templates allow only SSH keys. In that case, no password works here until you reset it.`,
    steps: ['type-password', 'send-text'],
    kind: 'info',
  },
  'login-refused': {
    title: msg`Incorrect username or password`,
    meaning: msg`The login failed. After several failures, the next attempt takes longer.`,
    advice: msg`Check that Caps Lock is off and that characters such as y, z and @ come out right. To check, type them at the username prompt, where you can see them.`,
    steps: ['type-password', 'send-text'],
    kind: 'warning',
  },
  shell: {
    title: msg`Command prompt`,
    meaning: msg`Someone is logged in. Commands run as soon as you press Enter.`,
    advice: msg`Type exit to log out when you’re done. Otherwise the session stays open after you leave.`,
    steps: ['send-text'],
    kind: 'info',
  },
  'root-shell': {
    title: msg`Command prompt with administrator rights`,
    meaning: msg`The administrator is logged in. Commands can erase anything without asking.`,
    advice: msg`Check each line before you press Enter. Type exit to log out when you’re done.`,
    steps: ['send-text'],
    kind: 'warning',
  },
  'boot-menu': {
    title: msg`Boot menu`,
    meaning: msg`The instance asks which system to start. Most menus start the first entry after a few seconds.`,
    advice: msg`Wait, or choose with the arrow keys and press Enter. Advanced options contains older kernels and a recovery mode.`,
    steps: ['enter'],
    kind: 'info',
  },
  'boot-loader-prompt': {
    title: msg`The boot loader can’t find the operating system`,
    meaning: msg`The boot loader started but couldn’t open its menu. This often happens after a disk change or because of a configuration error.`,
    advice: msg`Start in rescue mode. It doesn’t change the disk, and you can reinstall the boot loader from there.`,
    steps: ['rescue', 'reboot'],
    kind: 'error',
  },
  'network-boot': {
    title: msg`Booting from the network`,
    meaning: msg`iPXE runs in rescue mode, or when the disk has no bootable system.`,
    advice: msg`In rescue mode, wait or follow the menu. If you didn’t start rescue mode, stop and start the instance to boot from its disk.`,
    steps: ['reboot'],
    kind: 'info',
  },
  panic: {
    title: msg`Linux has crashed (kernel panic)`,
    meaning: msg`Linux stopped because of a serious error and won’t recover on its own. Saved files are still on the disk.`,
    advice: msg`Save a screenshot to help find the cause, then reboot. If it happens again, start an older kernel or rescue mode.`,
    steps: ['time-machine', 'reboot', 'rescue'],
    kind: 'error',
  },
  emergency: {
    title: msg`Startup stopped (emergency mode)`,
    meaning: msg`Something required is missing, usually a disk listed in /etc/fstab. Linux is waiting for the administrator password.`,
    advice: msg`Log in and check the end of journalctl -xb. If you don’t know the password, start in rescue mode.`,
    steps: ['type-password', 'rescue', 'reboot'],
    kind: 'error',
  },
  initramfs: {
    title: msg`Linux can’t find its disk`,
    meaning: msg`Linux started without its root file system and opened an emergency shell.`,
    advice: msg`Type exit to see why. If a file system needs a check, take a snapshot first, then run fsck -y with its name. This repairs most problems.`,
    steps: ['send-text', 'rescue', 'reboot'],
    kind: 'error',
  },
  'file-system-check': {
    title: msg`Checking a file system`,
    meaning: msg`The file system wasn’t unmounted cleanly or has errors. Checking a large disk can take several minutes. If you stop the instance now, you can lose files.`,
    advice: msg`Wait as long as the check makes progress. If you’re asked to run fsck manually, take a snapshot first, then run it here or in rescue mode.`,
    steps: ['send-text', 'rescue'],
    kind: 'warning',
  },
  'out-of-memory': {
    title: msg`Out of memory`,
    meaning: msg`Linux stopped a program to free memory. The line on the screen names the program.`,
    advice: msg`Restart the program or reboot the instance. If it happens again, choose a larger size.`,
    steps: ['reboot'],
    kind: 'warning',
  },
  'no-boot-device': {
    title: msg`No bootable disk`,
    meaning: msg`The firmware found no boot loader. The disk may be empty or overwritten, or may need the other type of firmware (UEFI or BIOS).`,
    advice: msg`Start in rescue mode and check the disk before you reinstall. Reinstalling erases the disk.`,
    steps: ['rescue', 'reboot'],
    kind: 'error',
  },
  halted: {
    title: msg`Shutting down`,
    meaning: msg`Programs are being stopped. Then the instance turns off, or restarts if you requested a reboot.`,
    advice: msg`Wait a minute. If nothing changes, you can safely stop the instance and start it again.`,
    steps: ['start', 'reboot'],
    kind: 'info',
  },
  'windows-stopped': {
    title: msg`Windows has crashed (stop error)`,
    meaning: msg`Windows stopped because of a serious error. It saves diagnostic data and usually restarts automatically.`,
    advice: msg`Note the stop code and wait for the restart. Reboot the instance only if nothing changes for ten minutes.`,
    steps: ['time-machine', 'reboot'],
    kind: 'error',
  },
  'windows-repair': {
    title: msg`Windows is repairing startup`,
    meaning: msg`Windows failed to start twice and is looking for the cause.`,
    advice: msg`Let it finish. If you’re offered a choice, the safest option is to continue to Windows.`,
    steps: [],
    kind: 'warning',
  },
  'windows-locked': {
    title: msg`Windows sign-in screen`,
    meaning: msg`Windows is running normally. It asks for Ctrl+Alt+Del before it asks for a password.`,
    advice: msg`Send Ctrl+Alt+Del from here. If you press it on your keyboard, it goes to your own computer.`,
    steps: ['ctrl-alt-del', 'type-password'],
    kind: 'info',
  },
  starting: {
    title: msg`Starting up`,
    meaning: msg`The firmware and the kernel list what they find. You can ignore most of these messages.`,
    advice: msg`Wait for a login prompt. If nothing changes for several minutes, the last line shows where startup stopped.`,
    steps: ['time-machine'],
    kind: 'info',
  },
  blank: {
    title: msg`Blank screen`,
    meaning: msg`The screen may be asleep, or the system may send its output to a serial port.`,
    advice: msg`Press Enter to wake the screen. If it stays blank and the instance’s services don’t respond either, reboot the instance.`,
    steps: ['enter', 'reboot'],
    kind: 'info',
  },
}
