import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { useRef, type ReactNode } from 'react'

import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextInput } from '../../ui/TextInput.tsx'

export type LabelRow = { key: string; value: string }

/** Labels being edited: two boxes each, and a button that adds a row. */
export function LabelRows({
  rows,
  invalid = false,
  aside,
  onChange,
}: {
  rows: readonly LabelRow[]
  invalid?: boolean
  /** What stands beside a label, before the button that removes it. */
  aside?: (row: LabelRow) => ReactNode
  onChange: (rows: LabelRow[]) => void
}) {
  const { t } = useLingui()
  const add = useRef<HTMLButtonElement>(null)
  const change = (at: number, part: Partial<LabelRow>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  return (
    <>
      {rows.map(({ key, value }, index) => {
        const place = index + 1
        return (
          // oxlint-disable-next-line react/no-array-index-key -- rows have no identity but their place
          <div key={index} className="flex max-w-xl items-center gap-2">
            <TextInput
              aria-label={t`Key for label ${place}`}
              aria-invalid={invalid ? true : undefined}
              placeholder={t({ message: 'Key', context: 'label' })}
              value={key}
              onChange={({ target }) => change(index, { key: target.value })}
            />
            <span aria-hidden="true">=</span>
            <TextInput
              aria-label={t`Value for label ${place}`}
              placeholder={t`Value`}
              value={value}
              onChange={({ target }) => change(index, { value: target.value })}
            />
            {aside?.({ key, value })}
            <IconButton
              label={t`Remove label ${place}`}
              onClick={() => {
                onChange(rows.filter((_row, at) => at !== index))
                add.current?.focus()
              }}
            >
              <X />
            </IconButton>
          </div>
        )
      })}
      <Button
        ref={add}
        icon={<Plus aria-hidden="true" size={16} />}
        className="justify-self-start"
        onClick={() => onChange([...rows, { key: '', value: '' }])}
      >
        <Trans>Add label</Trans>
      </Button>
    </>
  )
}
