import type { LayoutTable } from '../layout.ts'

export const table = {
  plain: ["\\1234567890'«", 'qwertyuiop+ ', 'asdfghjklçº ', '<zxcvbnm,.-'],
  shift: ['|!"#$%&/()=?»', 'QWERTYUIOP* ', 'ASDFGHJKLÇª ', '>ZXCVBNM;:_'],
  altGr: {
    Digit2: '@',
    Digit3: '£',
    Digit4: '§',
    Digit7: '{',
    Digit8: '[',
    Digit9: ']',
    Digit0: '}',
    KeyE: '€',
  },
  dead: {
    '´': ['BracketRight'],
    '`': ['BracketRight', 'Shift'],
    '~': ['Backslash'],
    '^': ['Backslash', 'Shift'],
    '¨': ['BracketLeft', 'AltGr'],
  },
} satisfies LayoutTable
