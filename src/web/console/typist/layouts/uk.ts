import type { LayoutTable } from '../layout.ts'

export const table = {
  plain: ['`1234567890-=', 'qwertyuiop[]', "asdfghjkl;'#", '\\zxcvbnm,./'],
  shift: ['¬!"£$%^&*()_+', 'QWERTYUIOP{}', 'ASDFGHJKL:@~', '|ZXCVBNM<>?'],
  altGr: { Digit4: '€' },
  dead: {},
} satisfies LayoutTable
