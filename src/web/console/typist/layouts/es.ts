import type { LayoutTable } from '../layout.ts'

export const table = {
  plain: ["º1234567890'¡", 'qwertyuiop +', 'asdfghjklñ ç', '<zxcvbnm,.-'],
  shift: ['ª!"·$%&/()=?¿', 'QWERTYUIOP *', 'ASDFGHJKLÑ Ç', '>ZXCVBNM;:_'],
  altGr: {
    Backquote: '\\',
    Digit1: '|',
    Digit2: '@',
    Digit3: '#',
    Digit4: '~',
    KeyE: '€',
    BracketLeft: '[',
    BracketRight: ']',
    Quote: '{',
    Backslash: '}',
  },
  dead: {
    '`': ['BracketLeft'],
    '^': ['BracketLeft', 'Shift'],
    '´': ['Quote'],
    '¨': ['Quote', 'Shift'],
  },
  deadOnWindows: '~',
} satisfies LayoutTable
