import { Trans, useLingui } from '@lingui/react/macro'
import { useFormContext } from 'react-hook-form'

import { DISK_MAX_GIB, diskCeilingGib, templateMinGib } from '#contract/limits.ts'

import { formatNumber, gibUnit } from '../../../../components/format.ts'
import { Card } from '../../../../ui/Card.tsx'
import { Field } from '../../../../ui/Field.tsx'
import { NumberInput } from '../../../../ui/NumberInput.tsx'
import { Slider } from '../../../../ui/Slider.tsx'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId, type CreateValues } from '../values.ts'
import { DiskNotice } from '../warnings.tsx'

/** The end of the slider where no maximum is documented; the number box accepts more. */
const ordinaryGib = 1_600

export function DiskSection() {
  const { t } = useLingui()
  const { register } = useFormContext<CreateValues>()
  const { value, error, set } = useCreateField('disk')
  const { template, type } = useChosen()
  const least = templateMinGib(template)
  const ceiling = diskCeilingGib(type)
  const chosen = Number.isFinite(value) ? value : least
  const gib = formatNumber(chosen)
  const leastGib = formatNumber(least)
  return (
    <Card title={t`Disk`}>
      <div id={fieldId('disk')} className="grid gap-2">
        <div className="grid items-start gap-x-6 gap-y-2 sm:grid-cols-[14rem_minmax(0,1fr)]">
          <Field
            label={t`Disk size`}
            error={error}
            hint={
              template
                ? t`This template needs at least ${leastGib} GiB.`
                : t`At least ${leastGib} GiB`
            }
          >
            <NumberInput
              unit={gibUnit()}
              min={least}
              max={DISK_MAX_GIB}
              {...register('disk', { valueAsNumber: true })}
            />
          </Field>
          <Slider
            aria-label={t`Disk size`}
            aria-valuetext={t`${gib} GiB`}
            min={least}
            max={Math.max(ceiling ?? ordinaryGib, chosen)}
            step={1}
            value={chosen}
            onChange={({ target }) => set(target.valueAsNumber)}
            className="sm:mt-7"
          />
        </div>
        <DiskNotice />
        <p className="text-xs text-muted">
          <Trans>You can make the disk larger later, but not smaller.</Trans>
        </p>
      </div>
    </Card>
  )
}
