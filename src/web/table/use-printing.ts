/** Whether the page is being printed, which layouts/PrintFoot.tsx tells: lists then render all rows. */
import { create } from 'zustand'

/** How many rows of a list are printed: each of them has to be laid out before the browser's own dialog opens. */
export const printedMost = 2_000

export const usePrinting = create(() => ({ isPrinting: false }))
