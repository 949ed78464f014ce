/**
 * Recognizes from its lines what a screen shows, for situations that need an explanation. It knows
 * the messages of firmware, boot loaders, Linux and Windows, and looks at the end of the screen
 * first, because the lines above are older.
 */
export type Moment =
  | 'panic'
  | 'out-of-memory'
  | 'emergency'
  | 'initramfs'
  | 'file-system-check'
  | 'no-boot-device'
  | 'boot-menu'
  | 'boot-loader-prompt'
  | 'network-boot'
  | 'halted'
  | 'windows-stopped'
  | 'windows-repair'
  | 'windows-locked'
  | 'password'
  | 'login'
  | 'login-refused'
  | 'root-shell'
  | 'shell'
  | 'starting'
  | 'blank'

export type Explanation = {
  moment: Moment
  /** The matching line, as evidence; empty for a blank screen. */
  line: string
}

type Sign = {
  moment: Moment
  words: RegExp
  /** Matches only within this number of last non-blank lines; without it, anywhere. */
  last?: number
}

// In the order of importance: a panic counts whatever is printed below it.
const signs: readonly Sign[] = [
  { moment: 'panic', words: /Kernel panic - not syncing|end Kernel panic/ },
  {
    moment: 'windows-stopped',
    words: /ran into a problem and needs to restart|Stop code:|\*\*\* STOP: 0x[\dA-F]{8}/i,
  },
  {
    moment: 'emergency',
    words:
      /You are in (emergency|rescue) mode|Give root password for maintenance|Press Enter for maintenance|emergency shell/i,
  },
  { moment: 'initramfs', words: /^\(initramfs\)|^dracut:\/#/, last: 1 },
  {
    moment: 'file-system-check',
    words:
      /UNEXPECTED INCONSISTENCY|RUN fsck MANUALLY|fsck.*(exit code|failed with)|contains a file system with errors, check forced|^Fix<y>\?|Scanning and repairing drive/i,
    last: 12,
  },
  {
    moment: 'windows-repair',
    words: /Automatic Repair|Choose an option|Recovery.*PC needs to be repaired|Preparing/i,
    last: 12,
  },
  {
    moment: 'windows-locked',
    words: /Press Ctrl ?\+ ?Alt ?\+ ?Del(ete)? to (unlock|sign in|log on)/i,
  },
  {
    moment: 'no-boot-device',
    words:
      /No bootable (device|medium)|Boot failed|Operating System not found|Missing operating system|NTLDR is missing|BOOTMGR is missing/i,
    last: 6,
  },
  { moment: 'boot-loader-prompt', words: /^\s*(grub( rescue)?>|boot:)/, last: 1 },
  {
    moment: 'boot-menu',
    words:
      /GNU GRUB|Use the .* keys to (select|change)|Automatic boot in \d+ s|highlighted entry will be executed|Boot in \d+ s/i,
  },
  {
    moment: 'halted',
    words:
      /reboot: (System halted|Power down)|The system is going down|System halted|safe to (turn|switch) off|Reached target.*(Power.?Off|Shutdown|Final Step)|Requesting system (poweroff|halt|reboot)|Sent SIGKILL to all processes/i,
    last: 8,
  },
  {
    moment: 'out-of-memory',
    words: /Out of memory: Killed process|invoked oom-killer|oom-kill:/i,
    last: 40,
  },
  { moment: 'login-refused', words: /Login incorrect/, last: 2 },
  { moment: 'password', words: /^(\S.*)?\bpass(word|phrase)\b.*:\s*$/i, last: 1 },
  { moment: 'login', words: /\b(login|user ?name):\s*\S*$/i, last: 1 },
  {
    moment: 'root-shell',
    words: /^(\[?[\w.-]+@.*|~|\/|sh-[\d.]+|bash-[\d.]+).*# ?.*$/,
    last: 1,
  },
  {
    moment: 'shell',
    words: /^(\[?[\w.-]+@[\w.-]+.*\$|[\w.-]+>|[A-Z]:\\.*>|PS [A-Z]:\\.*>|\$)( .*)?$/,
    last: 1,
  },
  {
    moment: 'network-boot',
    words: /\biPXE\b|PXE-[ME]\d\d|Network boot|net0: .* using/i,
    last: 14,
  },
  {
    moment: 'starting',
    words:
      /SeaBIOS|Booting from (Hard Disk|ROM|DVD|Floppy)|Loading (Linux|initial ramdisk)|^\[ *\d+\.\d{6}\]|\[ {2}OK {2}\]|Starting .*\.\.\.|BdsDxe:|TianoCore/i,
    last: 12,
  },
]

/** What the screen shows, or undefined if nothing on it is recognized. */
export function explain(lines: readonly string[]): Explanation | undefined {
  const written = lines.map((line) => line.trimEnd()).filter(Boolean)
  if (written.length === 0) return { moment: 'blank', line: '' }
  for (const { moment, words, last } of signs) {
    const within = last === undefined ? written : written.slice(-last)
    const line = within.findLast((candidate) => words.test(candidate))
    if (line !== undefined) return { moment, line: line.trim() }
  }
  return undefined
}
