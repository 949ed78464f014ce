/**
 * Rescue recipes: what to type when a machine has lost its way, in the dialects that differ. Each
 * line can be changed before it is sent; device names are the usual ones of virtual machines.
 */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

export type System = 'debian' | 'rhel' | 'busybox'

export const systems: readonly System[] = ['debian', 'rhel', 'busybox']

export const systemWords: Record<System, MessageDescriptor> = {
  debian: msg`Debian, Ubuntu`,
  rhel: msg`RHEL, Rocky, Alma, Fedora`,
  busybox: msg`BusyBox (small rescue systems)`,
}

export type Step = {
  line: string
  does: MessageDescriptor
  /** Why it can do harm. */
  danger?: MessageDescriptor
  /** It asks a question, so no prompt comes back until somebody answers. */
  asks?: boolean
}

export type Recipe = {
  id: string
  name: MessageDescriptor
  steps: (system: System) => readonly Step[]
}

const listDisks: Record<System, string> = {
  debian: 'lsblk -f',
  rhel: 'lsblk -f',
  busybox: 'cat /proc/partitions; blkid',
}

const fileSystemCheck: Record<System, readonly [look: string, repair: string]> = {
  debian: ['fsck -n /dev/vda1', 'fsck -y /dev/vda1'],
  rhel: ['xfs_repair -n /dev/vda1', 'xfs_repair /dev/vda1'],
  busybox: ['fsck -n /dev/vda1', 'fsck -y /dev/vda1'],
}

const address: Record<System, string> = {
  debian: 'dhclient -v eth0',
  rhel: 'nmcli device connect eth0',
  busybox: 'udhcpc -n -i eth0',
}

const lastWords: Record<System, string> = {
  debian: 'journalctl -b -p warning --no-pager | tail -n 30',
  rhel: 'journalctl -b -p warning --no-pager | tail -n 30',
  busybox: 'dmesg | tail -n 30',
}

export const recipes: readonly Recipe[] = [
  {
    id: 'mount',
    name: msg`Mount the root file system`,
    steps: (system) => [
      { line: listDisks[system], does: msg`Lists disks, partitions and what is on them.` },
      { line: 'mkdir -p /mnt', does: msg`Makes the place where it will appear.` },
      {
        line: 'mount /dev/vda1 /mnt',
        does: msg`Mounts the first partition of the first disk.`,
        danger: msg`Do not mount what another running system uses.`,
      },
      { line: 'ls /mnt', does: msg`Shows whether it is the right one: bin, etc, var…` },
    ],
  },
  {
    id: 'chroot',
    name: msg`Go into the mounted system`,
    steps: (system) => [
      { line: 'mount -o bind /dev /mnt/dev', does: msg`Gives it the devices.` },
      { line: 'mount -t proc proc /mnt/proc', does: msg`Gives it the processes.` },
      { line: 'mount -t sysfs sys /mnt/sys', does: msg`Gives it the kernel’s view.` },
      {
        line: system === 'busybox' ? 'chroot /mnt /bin/sh' : 'chroot /mnt /bin/bash',
        does: msg`From here on, commands change the mounted system; exit leaves it.`,
        danger: msg`What you change now is the real system.`,
      },
    ],
  },
  {
    id: 'password',
    name: msg`Set a new password`,
    steps: (system) => [
      {
        line: 'passwd root',
        does: msg`Asks for the new password twice. Type it on the screen.`,
        danger: msg`The old password is gone.`,
        asks: true,
      },
      ...(system === 'rhel'
        ? [
            {
              line: 'touch /.autorelabel',
              does: msg`Has SELinux label all files anew at the next start, or nobody can log in.`,
            },
          ]
        : []),
    ],
  },
  {
    id: 'check',
    name: msg`Check the file system`,
    steps: (system) => {
      const [look, repair] = fileSystemCheck[system]
      return [
        { line: 'umount /dev/vda1', does: msg`A mounted file system must not be checked.` },
        { line: look, does: msg`Looks for damage and changes nothing.` },
        {
          line: repair,
          does: msg`Repairs what it finds.`,
          danger: msg`May remove damaged files. Take a snapshot first.`,
        },
      ]
    },
  },
  {
    id: 'network',
    name: msg`Bring the network up`,
    steps: (system) => [
      {
        line: 'ip link',
        does: msg`Lists the network cards; the first is often eth0 or ens3.`,
      },
      { line: 'ip link set eth0 up', does: msg`Switches it on.` },
      { line: address[system], does: msg`Asks for an address.` },
      { line: 'ip addr show eth0', does: msg`Shows the address it has got.` },
    ],
  },
  {
    id: 'log',
    name: msg`Read the last log lines`,
    steps: (system) => [
      { line: lastWords[system], does: msg`Shows the latest warnings and errors.` },
      { line: 'df -h', does: msg`Shows whether a disk is full: the commonest reason.` },
    ],
  },
]

/** By the family of a machine's template. */
export function systemOf(family: string | undefined): System {
  if (/rhel|rocky|alma|centos|fedora|oracle/iu.test(family ?? '')) return 'rhel'
  return /debian|ubuntu|linux/iu.test(family ?? '') ? 'debian' : 'busybox'
}
