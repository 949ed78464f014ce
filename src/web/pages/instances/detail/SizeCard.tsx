import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { diskCeilingGib, sizeRank, typeName } from '#contract/limits.ts'
import type { InstanceType } from '#contract/types.ts'

import { typesQuery } from '../../../api/queries.ts'
import { formatGib } from '../../../components/format.ts'
import { MissingValue } from '../../../components/reading/MissingValue.tsx'
import { useReadError } from '../../../components/reading/use-read-error.ts'
import { Unknown } from '../../../components/Unknown.tsx'
import { useActions } from '../../../instance/actions.tsx'
import { typeFacts } from '../../../instance/type-facts.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Meter } from '../../../ui/Meter.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useInstance } from './instance-context.ts'

/** All sizes of the family, the current one marked. */
function Ladder({ type, types }: { type: InstanceType; types: InstanceType[] }) {
  const family = types
    .filter((one) => one.family === type.family)
    .sort((a, b) => sizeRank(a.size) - sizeRank(b.size))
  return (
    <ol className="mt-3 flex flex-wrap gap-x-1 gap-y-1 text-xs" translate="no">
      {family.map(({ id, size }) => (
        <li
          key={id}
          aria-current={id === type.id || undefined}
          className="rounded-sm px-1.5 py-0.5 text-muted aria-[current=true]:bg-selected aria-[current=true]:font-medium aria-[current=true]:text-accent"
        >
          {size}
        </li>
      ))}
    </ol>
  )
}

function SmallAction({ action }: { action: 'scale' | 'grow' }) {
  const { row } = useInstance()
  const { label, disabledReason, run } = useActions(row)[action]
  return (
    <Button size="sm" disabledReason={disabledReason} onClick={run}>
      {label}
    </Button>
  )
}

/** The size and the disk of the instance, and the actions that change them. */
export function SizeCard() {
  const { t } = useLingui()
  const { row, detail, isReading } = useInstance()
  const query = useQuery(typesQuery(row.zone))
  const { data: types = [], isPending, isFetching, refetch } = query
  const unread = useReadError(query)
  const type = types.find(({ id }) => id === row['instance-type']?.id)
  const disk = detail?.['disk-size']
  const ceiling = diskCeilingGib(type)
  return (
    <Card
      title={t`Size and disk`}
      actions={
        <>
          <SmallAction action="scale" />
          <SmallAction action="grow" />
        </>
      }
    >
      {type ? (
        <>
          <p className="text-sm">
            <span className="text-lg font-semibold tabular-nums">
              {typeFacts(type) || t`Unknown`}
            </span>{' '}
            <span className="text-muted" translate="no">
              {typeName(type)}
            </span>
          </p>
          <Ladder type={type} types={types} />
        </>
      ) : isPending && !unread ? (
        <>
          <Skeleton className="h-6 w-48 max-w-full" />
          {/* Of most families, the sizes take two lines. */}
          <Skeleton className="mt-3 h-11 w-full" />
        </>
      ) : (
        <p className="flex items-center justify-between gap-2">
          <Unknown />
          {unread && (
            <Button size="sm" pending={isFetching} onClick={() => void refetch()}>
              <Trans>Retry</Trans>
            </Button>
          )}
        </p>
      )}
      <div className="mt-4">
        {disk === undefined || isPending ? (
          <MissingValue isReading={isReading || isPending} className="h-6.5 w-full" />
        ) : (
          <Meter
            label={ceiling ? t`Disk (documented maximum for this size)` : t`Disk`}
            used={disk}
            limit={ceiling ?? null}
            format={formatGib}
          />
        )}
      </div>
    </Card>
  )
}
