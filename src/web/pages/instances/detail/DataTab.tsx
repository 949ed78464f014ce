import { Trans, useLingui } from '@lingui/react/macro'

import { MissingValue } from '../../../components/reading/MissingValue.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Code } from '../../../ui/Code.tsx'
import { useInstance } from './instance-context.ts'

/** The instance as the API returns it, to compare or to write scripts. */
export function DataTab() {
  const { t } = useLingui()
  const { row, detail, isReading } = useInstance()
  return (
    <div className="grid gap-4">
      <Card title={t`exo command`}>
        <Code block copy copyLabel={t`Copy command`}>
          {`exo compute instance show ${row.id} --zone ${row.zone} --output-format json`}
        </Code>
      </Card>
      <Card title={t`API response`}>
        {detail ? (
          <Code block copy copyLabel={t`Copy JSON`}>
            {JSON.stringify(detail, null, 2)}
          </Code>
        ) : (
          <MissingValue isReading={isReading} className="h-64" />
        )}
        {detail && (
          <p className="mt-2 text-xs text-muted">
            <Trans>
              Disk sizes are in GiB. Memory and template sizes are in bytes. Fields without
              a value aren’t included.
            </Trans>
          </p>
        )}
      </Card>
    </div>
  )
}
