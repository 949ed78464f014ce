# Starts a QEMU that runs one boot sector, with a VNC server, a QMP socket and a debug port whose
# bytes go to a file. To be sourced.

source "$(dirname "${BASH_SOURCE[0]}")/work.bash"

# start_guest FOLDER HEX: the machine code of the boot sector, and where its files go.
start_guest() {
  need qemu-system-x86_64 qemu-system-x86
  need node nodejs
  mkdir -p "$1"
  node - "$1/disk" "$2" <<'JS'
const [, , file, hex] = process.argv
const sector = Buffer.alloc(512)
Buffer.from(hex.replaceAll(' ', ''), 'hex').copy(sector)
sector.writeUInt16LE(0xaa55, 510)
require('node:fs').writeFileSync(file, sector)
JS
  nice -n 15 qemu-system-x86_64 -nodefaults -display none -vga std -accel tcg -m 32 \
    -drive "file=$1/disk,format=raw,if=ide" -vnc "unix:$1/vnc" \
    -qmp "unix:$1/qmp,server=on,wait=off" -debugcon "file:$1/said" 2>"$1/errors" &
  started+=($!)
}
