import type { LayoutTable } from '../layout.ts'

export const table = {
  plain: [' &é"\'(-è_çà)=', 'azertyuiop $', 'qsdfghjklmù*', '<wxcvbn,;:!'],
  shift: [' 1234567890°+', 'AZERTYUIOP £', 'QSDFGHJKLM%µ', '>WXCVBN?./§'],
  altGr: {
    Digit2: '~',
    Digit3: '#',
    Digit4: '{',
    Digit5: '[',
    Digit6: '|',
    Digit7: '`',
    Digit8: '\\',
    Digit9: '^',
    Digit0: '@',
    Minus: ']',
    Equal: '}',
    KeyE: '€',
  },
  dead: { '^': ['BracketLeft'], '¨': ['BracketLeft', 'Shift'] },
  deadOnWindows: '~`',
  unsureOnLinux: '`',
} satisfies LayoutTable
