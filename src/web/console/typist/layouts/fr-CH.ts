import type { LayoutTable } from '../layout.ts'
import { table as german } from './de-CH.ts'

/** The same keyboard; the accented letters change places with the umlauts. */
export const table = {
  ...german,
  plain: ["§1234567890' ", 'qwertzuiopè ', 'asdfghjkléà$', '<yxcvbnm,.-'],
  shift: ['°+"*ç%&/()=? ', 'QWERTZUIOPü!', 'ASDFGHJKLöä£', '>YXCVBNM;:_'],
} satisfies LayoutTable
