/**
 * Defines recovery commands for broken instances, in variants for each operating system. Each line can
 * be changed before it is sent; device names are the usual ones of virtual machines.
 */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

export type System = 'debian' | 'rhel' | 'busybox'

export const systems: readonly System[] = ['debian', 'rhel', 'busybox']

export const systemWords: Record<System, MessageDescriptor> = {
  debian: msg`Debian, Ubuntu`,
  rhel: msg`RHEL, Rocky, Alma, Fedora`,
  busybox: msg`BusyBox (minimal recovery systems)`,
}

export type Step = {
  line: string
  does: MessageDescriptor
  /** Why it can do harm. */
  danger?: MessageDescriptor
  /** It waits for input, so no prompt follows until someone types it. */
  asks?: boolean
}

type Recipe = {
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
      { line: listDisks[system], does: msg`Lists disks, partitions and file systems.` },
      { line: 'mkdir -p /mnt', does: msg`Creates the mount point.` },
      {
        line: 'mount /dev/vda1 /mnt',
        does: msg`Mounts the first partition of the first disk.`,
        danger: msg`Don’t mount a disk that another running system uses.`,
      },
      {
        line: 'ls /mnt',
        does: msg`Lists the contents. A root file system contains bin, etc, var and so on.`,
      },
    ],
  },
  {
    id: 'chroot',
    name: msg`Enter the mounted system (chroot)`,
    steps: (system) => [
      {
        line: 'mount -o bind /dev /mnt/dev',
        does: msg`Makes the devices available in the mounted system.`,
      },
      {
        line: 'mount -t proc proc /mnt/proc',
        does: msg`Makes process information available.`,
      },
      {
        line: 'mount -t sysfs sys /mnt/sys',
        does: msg`Makes kernel information available.`,
      },
      {
        line: system === 'busybox' ? 'chroot /mnt /bin/sh' : 'chroot /mnt /bin/bash',
        does: msg`From here on, commands change the mounted system. Type exit to leave it.`,
        danger: msg`Your changes now affect the real system.`,
      },
    ],
  },
  {
    id: 'password',
    name: msg`Set a new password`,
    steps: (system) => [
      {
        line: 'passwd root',
        does: msg`Asks for the new password twice. Type it in the console.`,
        danger: msg`Replaces the old password.`,
        asks: true,
      },
      ...(system === 'rhel'
        ? [
            {
              line: 'touch /.autorelabel',
              does: msg`Makes SELinux relabel all files at the next start. Without this, no one can log in.`,
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
        { line: 'umount /dev/vda1', does: msg`Never check a mounted file system.` },
        { line: look, does: msg`Checks for damage without changing anything.` },
        {
          line: repair,
          does: msg`Repairs the problems that it finds.`,
          danger: msg`May remove damaged files. Take a snapshot first.`,
        },
      ]
    },
  },
  {
    id: 'network',
    name: msg`Set up the network`,
    steps: (system) => [
      {
        line: 'ip link',
        does: msg`Lists the network cards; the first is often eth0 or ens3.`,
      },
      { line: 'ip link set eth0 up', does: msg`Turns on the network card.` },
      { line: address[system], does: msg`Requests an IP address.` },
      { line: 'ip addr show eth0', does: msg`Shows the IP address.` },
    ],
  },
  {
    id: 'log',
    name: msg`Read recent log messages`,
    steps: (system) => [
      { line: lastWords[system], does: msg`Shows the latest warnings and errors.` },
      {
        line: 'df -h',
        does: msg`Shows whether a disk is full, a common cause of problems.`,
      },
    ],
  },
]

/** By the family of the instance's template. */
export function systemOf(family: string | undefined): System {
  if (/rhel|rocky|alma|centos|fedora|oracle/iu.test(family ?? '')) return 'rhel'
  return /debian|ubuntu|linux/iu.test(family ?? '') ? 'debian' : 'busybox'
}
