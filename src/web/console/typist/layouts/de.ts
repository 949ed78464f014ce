import type { LayoutTable } from '../layout.ts'

export const table = {
  plain: [' 1234567890ß ', 'qwertzuiopü+', 'asdfghjklöä#', '<yxcvbnm,.-'],
  shift: ['°!"§$%&/()=? ', 'QWERTZUIOPÜ*', "ASDFGHJKLÖÄ'", '>YXCVBNM;:_'],
  altGr: {
    Digit2: '²',
    Digit3: '³',
    Digit7: '{',
    Digit8: '[',
    Digit9: ']',
    Digit0: '}',
    Minus: '\\',
    KeyQ: '@',
    KeyE: '€',
    BracketRight: '~',
    IntlBackslash: '|',
    KeyM: 'µ',
  },
  dead: { '^': ['Backquote'], '´': ['Equal'], '`': ['Equal', 'Shift'] },
} satisfies LayoutTable
