import { useLingui } from '@lingui/react/macro'

import { setUtc } from '../../api/choose-time-zone.ts'
import { formatClock } from '../../components/format.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useTimeZone } from '../../stores/time-zone.ts'
import { RadioCards } from '../../ui/RadioCards.tsx'

/** Chooses the time zone in which all times are shown, and shows what time it is there. */
export function TimeZoneChoice() {
  const { t } = useLingui()
  const isUtc = useTimeZone((state) => state.isUtc)
  const now = useNow(true, 30_000)
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  const clock = formatClock(now)
  return (
    <RadioCards<'local' | 'utc'>
      legend={t`Time zone`}
      value={isUtc ? 'utc' : 'local'}
      onChange={(zone) => setUtc(zone === 'utc')}
      columns={2}
      hint={t`The time is ${clock}. Exports always use UTC.`}
      options={[
        { value: 'local', label: t`Time zone of this browser`, description: timeZone },
        { value: 'utc', label: t`UTC`, description: t`The same for everyone` },
      ]}
    />
  )
}
