/**
 * The colors that a person has given to labels. They are the person's, in every browser;
 * `api/follow-label-colors.ts` reads and writes them.
 */
import { create } from 'zustand'

/** In the order in which they are offered. Each has a tone and a tint, which `app.css` gives to an element with `data-hue`. */
export const hues = [
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'violet',
  'pink',
] as const

export type Hue = (typeof hues)[number]

/** By the label as `key=value`. */
export type LabelColors = Readonly<Record<string, Hue>>

type State = {
  colors: LabelColors
  /** Undefined until the colors are read; without a color, takes away the one that a label has. */
  choose?: ((label: string, hue: Hue | undefined) => void) | undefined
}

export const useLabelColors = create<State>(() => ({ colors: {} }))
