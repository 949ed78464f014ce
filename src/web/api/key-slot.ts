import { createContext } from 'react'

/** The name under which the tab keeps the key of the question around it (once.ts). */
export const KeySlot = createContext<string | undefined>(undefined)
