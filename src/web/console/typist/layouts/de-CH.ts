import type { LayoutTable } from '../layout.ts'

export const table = {
  plain: ["§1234567890' ", 'qwertzuiopü ', 'asdfghjklöä$', '<yxcvbnm,.-'],
  shift: ['°+"*ç%&/()=? ', 'QWERTZUIOPè!', 'ASDFGHJKLéà£', '>YXCVBNM;:_'],
  altGr: {
    Digit2: '@',
    Digit3: '#',
    Digit7: '|',
    KeyE: '€',
    BracketLeft: '[',
    BracketRight: ']',
    Quote: '{',
    Backslash: '}',
    IntlBackslash: '\\',
  },
  dead: {
    '^': ['Equal'],
    '`': ['Equal', 'Shift'],
    '~': ['Equal', 'AltGr'],
    '´': ['Minus', 'AltGr'],
    '¨': ['BracketRight'],
  },
} satisfies LayoutTable
