/**
 * Holds the guest's own scripts, which BusyBox runs. A guest asks the host for its identity at every
 * boot (`identity.ts`), so a reset finds a new name or password as well. Files under /home and /root
 * are on the disk; everything else is in memory.
 */
import { cpio, file, folder, link, node } from './cpio.ts'

/** Names of the guest's ports to the host. Each can be opened once at a time. */
export const ports = { identity: 'exo.identity', agent: 'exo.agent', typed: 'exo.typed' }

// Init resets the terminal of each program that it starts. Without a terminal of its own, the
// agent would share the first screen and reset what `screen` has just set there.
const inittab = `::sysinit:/etc/init.d/boot
tty1::respawn:/etc/init.d/screen
tty2::respawn:/bin/getty 38400 tty2 linux
null::respawn:/etc/init.d/agent
::ctrlaltdel:/bin/reboot -d 1
::shutdown:/etc/init.d/down
`

// A port is found by its name, because its device number depends on the order of detection.
const findPort = `#!/bin/sh
for port in /sys/class/virtio-ports/*; do
  [ "$(cat $port/name)" = "$1" ] && echo /dev/\${port##*/} && exit
done
exit 1
`

const boot = `#!/bin/sh
export PATH=/bin
# \`su\` needs root's rights.
chmod 4755 /bin/busybox
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts /run /tmp /var/log
mount -t devpts pts /dev/pts
for module in $(cat /lib/modules/order); do insmod /$module; done
if [ -d /sys/firmware/efi ]; then
  [ -f /lib/modules/efivarfs.ko ] && insmod /lib/modules/efivarfs.ko
  mount -t efivarfs efivarfs /sys/firmware/efi/efivars
fi
word() { for w in $(cat /proc/cmdline); do case $w in $1=*) echo \${w#*=};; esac; done; }

port=$(find-port ${ports.identity})
if [ -n "$port" ]; then
  exec 3<>$port
  echo identity >&3
  timeout 10 head -n 1 <&3 | base64 -d | (cd / && cpio -idu 2>/dev/null)
  exec 3>&-
fi
hostname -F /etc/hostname
echo "127.0.0.1 localhost $(hostname)" >/etc/hosts
ip link set lo up

keymap=$(word exo.keymap)
[ -n "$keymap" ] && loadkeys -q $keymap </dev/tty1 >/dev/tty1 2>&1

if [ -z "$(word exo.rescue)" ] && [ -b /dev/vda ]; then
  mount -t ext4 -o noatime,noinit_itable /dev/vda /mnt
  # The disk may have grown since the file system was made.
  sectors=$(cat /sys/class/block/vda/size)
  if [ "$(cat /mnt/.sectors 2>/dev/null)" != "$sectors" ]; then
    resize2fs /dev/vda >/dev/null 2>&1 && echo $sectors >/mnt/.sectors
  fi
  for place in home root boot; do
    mkdir -p /mnt/$place
    mount --bind /mnt/$place /$place
  done
  # Anyone who is logged in may remove it, and the instance then boots no more.
  chmod 777 /boot
  [ -f /mnt/.installed ] || { echo kernel >/boot/vmlinuz; touch /mnt/.installed; }
  [ -f /boot/vmlinuz ] || touch /run/no-boot
fi
[ -f /run/identity/settle ] && sh /run/identity/settle
acpid
dmesg -n 1
`

const screen = `#!/bin/sh
case " $(cat /proc/cmdline) " in
*" exo.typed=1 "*)
  # What is typed goes to the host byte by byte, and is shown.
  stty raw echo -echoctl opost onlcr
  exec cat >$(find-port ${ports.typed});;
*" exo.rescue=1 "*)
  cat /etc/issue
  cd /root
  HOME=/root exec sh -l;;
esac
if [ -f /run/no-boot ]; then
  clear
  echo "error: file '/boot/vmlinuz' not found."
  echo 'This instance does not boot because its kernel is missing.'
  echo 'Revert the instance to a snapshot.'
  exec sleep 1000000
fi
exec getty 38400 tty1 linux
`

// What the host asks the agent: whether the disk boots, and whether it would again.
const bootState = `#!/bin/sh
if [ -f /run/no-boot ]; then echo no-boot
elif [ -f /boot/vmlinuz ]; then echo booted
else echo damaged; fi
`

const down = `#!/bin/sh
sync
umount /home /root /boot /mnt 2>/dev/null || mount -o remount,ro /mnt 2>/dev/null
`

// The power button. BusyBox's own shutdown sleeps for two seconds without need.
const powerButton = `#!/bin/sh
echo 'Power button pressed. Shutting down.' >/dev/tty1
trap '' TERM
kill -TERM -1
sync
/etc/init.d/down
poweroff -f
`

// One line in, one line out: a number, then base64. The port is opened once, both ways.
const agent = `#!/bin/sh
export PATH=/bin HOME=/root
port=$(find-port ${ports.agent}) || exec sleep 3600
exec 0<>$port 1>&0
echo ready
while read -r number script; do
  said=$(echo "$script" | base64 -d | sh 2>&1)
  status=$?
  echo "$number $status $(printf %s "$said" | base64 | tr -d '\\n')"
done
sleep 1
`

// set-password USER, with the password on standard input; root, for `su`, gets the same.
const setPassword = `#!/bin/sh
hash=$(mkpasswd -m sha512 -P 0)
umask 077
awk -F: -v user="$1" -v hash="$hash" \\
  'BEGIN { OFS = ":" } $1 == user || $1 == "root" { $2 = hash } { print }' /etc/shadow >/etc/shadow.new && mv /etc/shadow.new /etc/shadow
`

const profile = `export PATH=/bin PS1='\\u@\\h:\\w\\$ '
alias ll='ls -l'
`

/** Vedette's own files as one archive, loaded after the one with Debian's tools. */
export function userland(): Buffer {
  const program = (path: string, text: string) => file(path, text, 0o755)
  return cpio([
    ...[
      'dev',
      'proc',
      'sys',
      'run',
      'mnt',
      'home',
      'boot',
      'var',
      'var/log',
      'etc',
      'etc/init.d',
    ].map((path) => folder(path)),
    folder('root', 0o700),
    folder('tmp', 0o1777),
    folder('etc/acpi'),
    folder('etc/acpi/PWRF'),
    link('sbin', 'bin'),
    // The kernel needs this one before anything is mounted.
    node('dev/console', 5, 1),
    link('init', 'bin/busybox'),
    file('etc/inittab', inittab),
    file('etc/hostname', 'localhost\n'),
    file('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n'),
    file('etc/group', 'root:x:0:\ntty:x:5:\n'),
    file('etc/shadow', 'root:*:19000:0:99999:7:::\n', 0o600),
    file('etc/profile', profile),
    program('etc/init.d/boot', boot),
    program('etc/init.d/screen', screen),
    program('etc/init.d/agent', agent),
    program('etc/init.d/down', down),
    program('etc/acpi/PWRF/00000080', powerButton),
    program('bin/find-port', findPort),
    program('bin/set-password', setPassword),
    program('bin/boot-state', bootState),
  ])
}
