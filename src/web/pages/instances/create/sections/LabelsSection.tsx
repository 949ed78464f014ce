import { useLingui } from '@lingui/react/macro'

import { Card } from '../../../../ui/Card.tsx'
import { LabelRows } from '../../LabelRows.tsx'
import { FieldGroup } from '../FieldGroup.tsx'
import { useCreateField } from '../use-create-form.ts'

export function LabelsSection() {
  const { t } = useLingui()
  const { value: rows, error, set } = useCreateField('labels')
  return (
    <Card title={t`Labels`}>
      <FieldGroup
        field="labels"
        legend={t`Keys and values`}
        error={error}
        hint={t`Use labels to find and group instances, for example env = prod.`}
      >
        <LabelRows rows={rows} invalid={Boolean(error)} onChange={set} />
      </FieldGroup>
    </Card>
  )
}
