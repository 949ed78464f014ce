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

type Words = {
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
          title: t`Login prompt`,
          meaning: t`The instance is running normally. It asks for a username, then a password.`,
          advice: t`Type the template’s default username, for example ubuntu or root, and press Enter.`,
          steps: ['type-password', 'send-text'],
          kind: 'info',
        }
      case 'password':
        return {
          title: t`Password prompt`,
          meaning: t`Nothing appears while you type, not even dots. This is normal.`,
          advice: t`Type the password and press Enter. Many templates allow only SSH keys. In that case, no password works here until you reset it.`,
          steps: ['type-password', 'send-text'],
          kind: 'info',
        }
      case 'login-refused':
        return {
          title: t`Incorrect username or password`,
          meaning: t`The login failed. After several failures, the next attempt takes longer.`,
          advice: t`Check that Caps Lock is off and that characters such as y, z and @ come out right. To check, type them at the username prompt, where you can see them.`,
          steps: ['type-password', 'send-text'],
          kind: 'warning',
        }
      case 'shell':
        return {
          title: t`Command prompt`,
          meaning: t`Someone is logged in. Commands run as soon as you press Enter.`,
          advice: t`Type exit to log out when you’re done. Otherwise the session stays open after you leave.`,
          steps: ['send-text'],
          kind: 'info',
        }
      case 'root-shell':
        return {
          title: t`Command prompt with administrator rights`,
          meaning: t`The administrator is logged in. Commands can erase anything without asking.`,
          advice: t`Check each line before you press Enter. Type exit to log out when you’re done.`,
          steps: ['send-text'],
          kind: 'warning',
        }
      case 'boot-menu':
        return {
          title: t`Boot menu`,
          meaning: t`The instance asks which system to start. Most menus start the first entry after a few seconds.`,
          advice: t`Wait, or choose with the arrow keys and press Enter. Advanced options contains older kernels and a recovery mode.`,
          steps: ['enter'],
          kind: 'info',
        }
      case 'boot-loader-prompt':
        return {
          title: t`The boot loader can’t find the operating system`,
          meaning: t`The boot loader started but couldn’t open its menu. This often happens after a disk change or because of a configuration error.`,
          advice: t`Start in rescue mode. It doesn’t change the disk, and you can reinstall the boot loader from there.`,
          steps: ['rescue', 'reboot'],
          kind: 'error',
        }
      case 'network-boot':
        return {
          title: t`Booting from the network`,
          meaning: t`iPXE runs in rescue mode, or when the disk has no bootable system.`,
          advice: t`In rescue mode, wait or follow the menu. If you didn’t start rescue mode, stop and start the instance to boot from its disk.`,
          steps: ['reboot'],
          kind: 'info',
        }
      case 'panic':
        return {
          title: t`Linux has crashed (kernel panic)`,
          meaning: t`Linux stopped because of a serious error and won’t recover on its own. Saved files are still on the disk.`,
          advice: t`Save a screenshot to help find the cause, then reboot. If it happens again, start an older kernel or rescue mode.`,
          steps: ['time-machine', 'reboot', 'rescue'],
          kind: 'error',
        }
      case 'emergency':
        return {
          title: t`Startup stopped (emergency mode)`,
          meaning: t`Something required is missing, usually a disk listed in /etc/fstab. Linux is waiting for the administrator password.`,
          advice: t`Log in and check the end of journalctl -xb. If you don’t know the password, start in rescue mode.`,
          steps: ['type-password', 'rescue', 'reboot'],
          kind: 'error',
        }
      case 'initramfs':
        return {
          title: t`Linux can’t find its disk`,
          meaning: t`Linux started without its root file system and opened an emergency shell.`,
          advice: t`Type exit to see why. If a file system needs a check, take a snapshot first, then run fsck -y with its name. This repairs most problems.`,
          steps: ['send-text', 'rescue', 'reboot'],
          kind: 'error',
        }
      case 'file-system-check':
        return {
          title: t`Checking a file system`,
          meaning: t`The file system wasn’t unmounted cleanly or has errors. Checking a large disk can take several minutes. If you stop the instance now, you can lose files.`,
          advice: t`Wait as long as the check makes progress. If you’re asked to run fsck manually, take a snapshot first, then run it here or in rescue mode.`,
          steps: ['send-text', 'rescue'],
          kind: 'warning',
        }
      case 'out-of-memory':
        return {
          title: t`Out of memory`,
          meaning: t`Linux stopped a program to free memory. The line on the screen names the program.`,
          advice: t`Restart the program or reboot the instance. If it happens again, choose a larger size.`,
          steps: ['reboot'],
          kind: 'warning',
        }
      case 'no-boot-device':
        return {
          title: t`No bootable disk`,
          meaning: t`The firmware found no boot loader. The disk may be empty or overwritten, or may need the other type of firmware (UEFI or BIOS).`,
          advice: t`Start in rescue mode and check the disk before you reinstall. Reinstalling erases the disk.`,
          steps: ['rescue', 'reboot'],
          kind: 'error',
        }
      case 'halted':
        return {
          title: t`Shutting down`,
          meaning: t`Programs are being stopped. Then the instance turns off, or restarts if you asked for a reboot.`,
          advice: t`Wait a minute. If nothing changes, you can safely stop the instance and start it again.`,
          steps: ['start', 'reboot'],
          kind: 'info',
        }
      case 'windows-stopped':
        return {
          title: t`Windows has crashed (stop error)`,
          meaning: t`Windows stopped because of a serious error. It saves diagnostic data and usually restarts automatically.`,
          advice: t`Note the stop code and wait for the restart. Reboot the instance only if nothing changes for ten minutes.`,
          steps: ['time-machine', 'reboot'],
          kind: 'error',
        }
      case 'windows-repair':
        return {
          title: t`Windows is repairing startup`,
          meaning: t`Windows failed to start twice and is looking for the cause.`,
          advice: t`Let it finish. If you’re offered a choice, the safest option is to continue to Windows.`,
          steps: [],
          kind: 'warning',
        }
      case 'windows-locked':
        return {
          title: t`Windows sign-in screen`,
          meaning: t`Windows is running normally. It asks for Ctrl+Alt+Del before it asks for a password.`,
          advice: t`Send Ctrl+Alt+Del from here. If you press it on your keyboard, it goes to your own computer.`,
          steps: ['ctrl-alt-del', 'type-password'],
          kind: 'info',
        }
      case 'starting':
        return {
          title: t`Starting up`,
          meaning: t`The firmware and the kernel list what they find. You can ignore most of these messages.`,
          advice: t`Wait for a login prompt. If nothing changes for several minutes, the last line shows where startup stopped.`,
          steps: ['time-machine'],
          kind: 'info',
        }
      case 'blank':
        return {
          title: t`Blank screen`,
          meaning: t`The screen may be asleep, or the system may send its output to a serial port.`,
          advice: t`Press Enter to wake the screen. If it stays blank and the instance’s services don’t respond either, reboot the instance.`,
          steps: ['enter', 'reboot'],
          kind: 'info',
        }
    }
  }
}
