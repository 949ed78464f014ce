import { Trans, useLingui } from '@lingui/react/macro'

import { formatList } from '../../../../components/format.ts'
import { Card } from '../../../../ui/Card.tsx'
import { LabelRows } from '../../LabelRows.tsx'
import { FieldGroup } from '../FieldGroup.tsx'
import { useOwnLabels } from '../own-labels.ts'
import { useCreateField } from '../use-create-form.ts'

export function LabelsSection() {
  const { t } = useLingui()
  const { value: rows, error, set } = useCreateField('labels')
  const own = useOwnLabels()
  const fixed = formatList(own.map(({ key, value }) => `${key}=${value}`))
  return (
    <Card title={t`Labels`}>
      <FieldGroup
        field="labels"
        legend={t`Keys and values`}
        error={error}
        hint={t`Use labels to find and group instances, for example env = prod.`}
      >
        {own.length > 0 && (
          <p className="text-sm [overflow-wrap:anywhere]">
            <Trans>
              New instances always have <span translate="no">{fixed}</span>, because an
              admin limited your account.
            </Trans>
          </p>
        )}
        <LabelRows rows={rows} invalid={Boolean(error)} onChange={set} />
      </FieldGroup>
    </Card>
  )
}
