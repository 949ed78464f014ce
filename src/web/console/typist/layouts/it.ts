import type { LayoutTable } from '../layout.ts'

export const table = {
  plain: ["\\1234567890'ì", 'qwertyuiopè+', 'asdfghjklòàù', '<zxcvbnm,.-'],
  shift: ['|!"£$%&/()=?^', 'QWERTYUIOPé*', 'ASDFGHJKLç°§', '>ZXCVBNM;:_'],
  altGr: {
    Semicolon: '@',
    Quote: '#',
    KeyE: '€',
    BracketLeft: '[',
    BracketRight: ']',
    Minus: '`',
    Equal: '~',
  },
  shiftAltGr: { BracketLeft: '{', BracketRight: '}' },
  dead: {},
  notOnWindows: '`~',
  unsureOnLinux: '{}~',
} satisfies LayoutTable
