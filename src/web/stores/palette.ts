import { create } from 'zustand'

/** Whether the palette is open, which keys and a button of the top bar decide. */
export const usePalette = create<{ isOpen: boolean; setOpen: (isOpen: boolean) => void }>()(
  (set) => ({
    isOpen: false,
    setOpen: (isOpen) => set({ isOpen }),
  }),
)
