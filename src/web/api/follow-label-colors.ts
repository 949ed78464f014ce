import { hues, useLabelColors, type Hue, type LabelColors } from '../stores/label-colors.ts'
import { KeptValue } from './kept-value.ts'

/** More than anyone tells apart; the newest stay. */
const keptMost = 200

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
  const all = hue ? [...others, [label, hue] as const] : others
  return Object.fromEntries(all.slice(-keptMost))
}

/** Follows the colors of a person's labels until the returned function is called. */
export function followLabelColors(tellFailure: (error: unknown) => void): () => void {
  const kept = new KeptValue({
    name: 'label-colors',
    parse,
    show: (colors) =>
      useLabelColors.setState({
        colors: colors ?? {},
        choose:
          colors && ((label, hue) => kept.change((now) => withColor(now, label, hue))),
      }),
    tellFailure,
  })
  return () => kept.close()
}
