import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { useRef } from 'react'

import { Button } from '../../../../ui/Button.tsx'
import { Card } from '../../../../ui/Card.tsx'
import { IconButton } from '../../../../ui/IconButton.tsx'
import { TextInput } from '../../../../ui/TextInput.tsx'
import { FieldGroup } from '../FieldGroup.tsx'
import { useCreateField } from '../use-create-form.ts'
import type { LabelRow } from '../values.ts'

export function LabelsSection() {
  const { t } = useLingui()
  const { value: rows, error, set } = useCreateField('labels')
  const add = useRef<HTMLButtonElement>(null)
  const change = (at: number, part: Partial<LabelRow>) =>
    set(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))
  return (
    <Card title={t`Labels`}>
      <FieldGroup
        field="labels"
        legend={t`Key and value`}
        error={error}
        hint={t`To find and group instances by, such as env = prod.`}
      >
        {rows.map(({ key, value }, index) => {
          const place = index + 1
          return (
            // oxlint-disable-next-line react/no-array-index-key -- rows have no identity but their place
            <div key={index} className="flex max-w-xl items-center gap-2">
              <TextInput
                aria-label={t`Key of label ${place}`}
                aria-invalid={error ? true : undefined}
                placeholder={t`key`}
                value={key}
                onChange={({ target }) => change(index, { key: target.value })}
              />
              <span aria-hidden="true">=</span>
              <TextInput
                aria-label={t`Value of label ${place}`}
                placeholder={t`value`}
                value={value}
                onChange={({ target }) => change(index, { value: target.value })}
              />
              <IconButton
                label={t`Remove label ${place}`}
                onClick={() => {
                  set(rows.filter((_row, at) => at !== index))
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
          onClick={() => set([...rows, { key: '', value: '' }])}
        >
          <Trans>Add a label</Trans>
        </Button>
      </FieldGroup>
    </Card>
  )
}
