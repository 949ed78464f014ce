import { useLingui } from '@lingui/react/macro'

import type { Moment } from './explain.ts'

/** What a person may do next; each is a button of the card where it is possible. */
export type NextStep =
  | 'type-password'
  | 'send-text'
  | 'enter'
  | 'ctrl-alt-del'
  | 'reboot'
  | 'start'
  | 'rescue'
  | 'time-machine'

export type Words = {
  title: string
  /** What it means, for somebody who has never seen it. */
  meaning: string
  /** The next step that can't make it worse. */
  advice: string
  steps: readonly NextStep[]
  kind: 'info' | 'warning' | 'error'
}

/** Each moment in plain words. */
export function useMomentWords(): (moment: Moment) => Words {
  const { t } = useLingui()
  return (moment) => {
    switch (moment) {
      case 'login':
        return {
          title: t`The machine waits for somebody to sign in`,
          meaning: t`It is up and well. It asks for a user name, then for a password.`,
          advice: t`Type the user name of its template, such as ubuntu or root, and press Enter.`,
          steps: ['type-password', 'send-text'],
          kind: 'info',
        }
      case 'password':
        return {
          title: t`It asks for a password`,
          meaning: t`Nothing is shown while you type, not even dots. That is normal.`,
          advice: t`Type the password and press Enter. Many images allow SSH keys only: then no password works here until one is reset.`,
          steps: ['type-password', 'send-text'],
          kind: 'info',
        }
      case 'login-refused':
        return {
          title: t`User name or password were not right`,
          meaning: t`Nothing happened. Repeated failures slow the next try down.`,
          advice: t`Check that Caps Lock is off and that signs such as y, z and @ arrive as you mean them: type them as the user name first, where they can be seen.`,
          steps: ['type-password', 'send-text'],
          kind: 'warning',
        }
      case 'shell':
        return {
          title: t`A command line waits for a command`,
          meaning: t`Somebody is signed in. What is typed here is done at once.`,
          advice: t`Type exit to sign out when you are done: the screen stays as it is when you leave.`,
          steps: ['send-text'],
          kind: 'info',
        }
      case 'root-shell':
        return {
          title: t`A command line with all rights waits for a command`,
          meaning: t`The administrator is signed in: commands can erase anything, without a question.`,
          advice: t`Read each line before you press Enter. Type exit to sign out when you are done.`,
          steps: ['send-text'],
          kind: 'warning',
        }
      case 'boot-menu':
        return {
          title: t`The boot menu`,
          meaning: t`The machine asks which system to start. Most menus choose the first one by themselves after some seconds.`,
          advice: t`Wait, or choose with the arrow keys and press Enter. Advanced options hold older kernels and a recovery mode.`,
          steps: ['enter'],
          kind: 'info',
        }
      case 'boot-loader-prompt':
        return {
          title: t`The boot loader does not find its system`,
          meaning: t`It started, but not the menu that should follow: often after a disk was changed, or by a broken configuration.`,
          advice: t`Start the rescue system: it leaves the disk alone, and the boot loader can be installed again from there.`,
          steps: ['rescue', 'reboot'],
          kind: 'error',
        }
      case 'network-boot':
        return {
          title: t`The machine looks for a system on the network`,
          meaning: t`iPXE is asked when the rescue system starts, or when there is nothing to start on the disk.`,
          advice: t`In rescue, wait or follow its menu. If you did not ask for rescue, stop and start the machine; it then starts from its disk.`,
          steps: ['reboot'],
          kind: 'info',
        }
      case 'panic':
        return {
          title: t`The system has crashed (kernel panic)`,
          meaning: t`Linux met an error it can't go on from. It will not come back by itself. Files that were saved are still on the disk.`,
          advice: t`Keep a picture of the screen for whoever looks for the cause, then restart. If it comes back, start an older kernel or the rescue system.`,
          steps: ['time-machine', 'reboot', 'rescue'],
          kind: 'error',
        }
      case 'emergency':
        return {
          title: t`The system stopped its start and asks for help`,
          meaning: t`Something it needs is missing, most often a disk named in /etc/fstab. It waits for the administrator’s password.`,
          advice: t`Sign in and look at the end of journalctl -xb. Where the password is not known, start the rescue system.`,
          steps: ['type-password', 'rescue', 'reboot'],
          kind: 'error',
        }
      case 'initramfs':
        return {
          title: t`The system does not find its disk`,
          meaning: t`Linux started without its root file system and offers a small emergency command line.`,
          advice: t`Type exit to see why. A file system that has to be checked is named there: fsck -y and its name mends most of them. Take a snapshot first.`,
          steps: ['send-text', 'rescue', 'reboot'],
          kind: 'error',
        }
      case 'file-system-check':
        return {
          title: t`A file system is being checked`,
          meaning: t`It was not closed properly, or has errors. A check of a large disk takes minutes; switching off in the middle can lose files.`,
          advice: t`Wait while something moves. If it asks you to run fsck by hand, take a snapshot, then do so from here or from the rescue system.`,
          steps: ['send-text', 'rescue'],
          kind: 'warning',
        }
      case 'out-of-memory':
        return {
          title: t`The machine ran out of memory`,
          meaning: t`Linux ended a program to save the rest; the line names it. That program is not running now.`,
          advice: t`Start the program again, or the machine. If it happens again, the machine needs a larger size.`,
          steps: ['reboot'],
          kind: 'warning',
        }
      case 'no-boot-device':
        return {
          title: t`There is nothing to start on the disk`,
          meaning: t`The firmware found no boot loader: the disk is empty, was overwritten, or wants the other kind of firmware (UEFI or BIOS).`,
          advice: t`Start the rescue system and look at the disk before you reinstall: reinstalling erases it.`,
          steps: ['rescue', 'reboot'],
          kind: 'error',
        }
      case 'halted':
        return {
          title: t`The system is shutting down`,
          meaning: t`Its programs are being ended. After that the machine is off, or starts again if that was asked.`,
          advice: t`Wait a minute. If it stays here, it is safe to stop the machine and start it again.`,
          steps: ['start', 'reboot'],
          kind: 'info',
        }
      case 'windows-stopped':
        return {
          title: t`Windows has crashed (stop error)`,
          meaning: t`Windows met an error it can't go on from. It writes down what it knows and usually restarts by itself.`,
          advice: t`Note the stop code, wait for the restart, and restart the machine only if nothing moves for ten minutes.`,
          steps: ['time-machine', 'reboot'],
          kind: 'error',
        }
      case 'windows-repair':
        return {
          title: t`Windows is repairing its start`,
          meaning: t`It could not start twice and looks for the reason itself.`,
          advice: t`Let it finish. If it offers a choice, the safe one is to continue to Windows.`,
          steps: [],
          kind: 'warning',
        }
      case 'windows-locked':
        return {
          title: t`Windows waits for somebody to sign in`,
          meaning: t`It is up and well, and asks for Ctrl+Alt+Del before it asks for a password.`,
          advice: t`Send Ctrl+Alt+Del from here: on your own keyboard it would go to your own computer.`,
          steps: ['ctrl-alt-del', 'type-password'],
          kind: 'info',
        }
      case 'starting':
        return {
          title: t`The machine is starting`,
          meaning: t`Firmware and kernel say what they find. Most of it is of no concern.`,
          advice: t`Wait for a login prompt. If nothing moves for minutes, the last line is where it hangs.`,
          steps: ['time-machine'],
          kind: 'info',
        }
      case 'blank':
        return {
          title: t`The screen is black`,
          meaning: t`The machine may save its screen, or sends its messages elsewhere, to a serial line.`,
          advice: t`Press Enter to wake it. If it stays black and its services do not answer either, restart it.`,
          steps: ['enter', 'reboot'],
          kind: 'info',
        }
    }
  }
}
