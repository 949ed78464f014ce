import { create } from 'zustand'

type PaletteStore = {
  shown: 'palette' | 'keys' | undefined
  show: (shown: PaletteStore['shown']) => void
}

/** Whether the palette or the list of keys is open, which keys and a button of the top bar decide. */
export const usePalette = create<PaletteStore>()((set) => ({
  shown: undefined,
  show: (shown) => set({ shown }),
}))
