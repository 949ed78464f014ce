#!/usr/bin/env bash
# Software: qemu-img 7.2 (Debian package qemu-utils).
#
# The guess: `qemu-img snapshot` finds a snapshot of a qcow2 file by the name that it was given, and
# whether it reverts to it (-a) or deletes it (-d), the same argument means the same snapshot.
#
# What happens: to revert or to convert, it looks for a snapshot with this *number* first, and for the name only
# if there is none. To delete, it looks only for the name. Where the second snapshot is named `1`, `-a 1`
# reverts to the first one, which has number 1, and `-d 1` then deletes the second one. Neither prints anything.
#
# Why it matters: what is reverted to the wrong snapshot has lost its data. The sandbox puts a letter before the id after which
# it names a snapshot, so that no name is a number (src/sandbox/console/consoles.ts).
set -euo pipefail
source "$(dirname "$0")/kit/work.bash"
need qemu-img qemu-utils
need qemu-io qemu-utils

qemu-img --version | sed -n 1p
disk="$work/disk"
fill() { qemu-io -c "write -q -P $1 0 512" "$disk" >/dev/null; }
# first_byte FORMAT FILE
first_byte() { qemu-io -r -f "$1" -c 'read -v 0 16' "$2" | sed -n 's/^00000000:  \(..\).*/\1/p'; }
names() { qemu-img snapshot -l "$disk" | awk 'NR > 2 { print $2 }' | xargs; }

qemu-img create -q -f qcow2 "$disk" 1M
fill 0xaa
qemu-img snapshot -c 2 "$disk"
fill 0xbb
qemu-img snapshot -c 1 "$disk"
fill 0xcc
echo 'the snapshot named 2 contains aa, the one named 1 contains bb, the disk cc'
qemu-img snapshot -l "$disk" | awk 'NR > 2 { print "number", $1, "is named", $2 }'

qemu-img convert -l 1 -O raw "$disk" "$work/copy"
copied=$(first_byte raw "$work/copy")
qemu-img convert -l snapshot.name=1 -O raw "$disk" "$work/copy"
named=$(first_byte raw "$work/copy")
echo "convert -l 1: $copied; convert -l snapshot.name=1: $named"
qemu-img snapshot -a 1 "$disk"
reverted=$(first_byte qcow2 "$disk")
qemu-img snapshot -d 1 "$disk"
left=$(names)
echo "snapshot -a 1: the disk contains $reverted; snapshot -d 1: left is the snapshot named $left"
[ "$copied $named $reverted $left" = 'aa bb aa 2' ]
