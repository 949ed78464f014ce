import { create } from 'zustand'

type PaletteStore = {
  shown: 'palette' | 'keys' | undefined
  /** What is typed into the palette, also before it has loaded and taken the focus. */
  text: string
  show: (shown: PaletteStore['shown']) => void
  setText: (text: string) => void
}

/** Whether the palette or the list of keys is open, which keys and a button of the top bar decide. */
export const usePalette = create<PaletteStore>()((set) => ({
  shown: undefined,
  text: '',
  show: (shown) => set({ shown, text: '' }),
  setText: (text) => set({ text }),
}))
