import { hues, useLabelColors, type Hue, type LabelColors } from '../stores/label-colors.ts'
import { KeptValue } from './kept-value.ts'

/** More than anyone tells apart. */
export const mostLabelColors = 200

function parse(value: unknown): LabelColors {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([label, stored]) => {
      const hue = hues.find((one) => one === stored)
      return hue ? [[label, hue] as const] : []
    }),
  )
}

function withColor(colors: LabelColors, label: string, hue: Hue | undefined): LabelColors {
  const others = Object.entries(colors).filter(([one]) => one !== label)
  return Object.fromEntries(hue ? [...others, [label, hue] as const] : others)
}

type Tell = {
  failure: (error: unknown) => void
  /** There are as many as can be stored, so that one more label gets none. */
  full: () => void
}

/** Follows the colors of a person's labels until the returned function is called. */
export function followLabelColors(tell: Tell): () => void {
  const kept = new KeptValue({
    name: 'label-colors',
    parse,
    show: (colors) =>
      useLabelColors.setState({
        colors: colors ?? {},
        choose:
          colors &&
          ((label, hue) => {
            const isNew = hue && !(label in colors)
            if (isNew && Object.keys(colors).length >= mostLabelColors) return tell.full()
            kept.change((now) => withColor(now, label, hue)).catch(tell.failure)
          }),
      }),
  })
  return () => kept.close()
}
