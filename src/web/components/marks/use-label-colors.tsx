/** Offers the colors that a label can have, as entries of a menu. */
import { useLingui } from '@lingui/react/macro'

import { hues, useLabelColors, type Hue } from '../../stores/label-colors.ts'
import type { MenuEntry } from '../../ui/menu-entry.ts'

function Swatch({ hue }: { hue: Hue | undefined }) {
  return (
    <span
      data-hue={hue}
      className="flex size-5 items-center justify-center rounded-sm border border-dashed border-control text-xs leading-none font-semibold"
    >
      {hue && '='}
    </span>
  )
}

/** Makes the entries for a label, written as `key=value`. */
export function useLabelColorEntries(): (label: string) => MenuEntry[] {
  const { t } = useLingui()
  const { colors, choose } = useLabelColors()
  const words: Record<Hue, string> = {
    red: t`Red`,
    orange: t`Orange`,
    yellow: t`Yellow`,
    green: t`Green`,
    teal: t`Teal`,
    blue: t`Blue`,
    violet: t`Violet`,
    pink: t`Pink`,
  }
  return (label) => {
    if (!choose) return [{ heading: t`Your colors haven’t loaded. Vedette keeps trying.` }]
    return [
      {
        choice: t`Color of ${label}`,
        value: colors[label] ?? '',
        options: [
          { value: '', label: t`No color`, icon: <Swatch hue={undefined} /> },
          ...hues.map((hue) => ({
            value: hue,
            label: words[hue],
            icon: <Swatch hue={hue} />,
          })),
        ],
        onChoose: (value) =>
          choose(
            label,
            hues.find((hue) => hue === value),
          ),
      },
    ]
  }
}
