import { Trans } from '@lingui/react/macro'

import { useInventory, type Row } from '../../api/inventory.ts'
import { formatDateTime } from '../format.ts'
import { ZoneName } from '../ZoneName.tsx'
import { shortId, useIsNamesake } from './namesakes.ts'

type Told = Pick<Row, 'id' | 'zone' | 'name'>

/** What tells an instance apart from another of its name; nothing if no other has it. */
export function TellApart({ one, className = '' }: { one: Told; className?: string }) {
  const isNamesake = useIsNamesake()
  const row = useInventory(({ rows }) => rows.get(`${one.zone}/${one.id}`))
  if (!isNamesake(one)) return null
  const id = shortId(one.id)
  const address = row?.['public-ip'] ?? row?.['ipv6-address']
  const created = row?.['created-at']
  const moment = created && formatDateTime(created)
  return (
    <p
      data-part="tell-apart"
      className={`flex flex-wrap gap-x-3 text-sm text-warning ${className}`}
    >
      <span>
        <Trans>Another instance has the same name</Trans>
      </span>
      <ZoneName zone={one.zone} />
      <span title={one.id}>
        <Trans>
          ID <code translate="no">{id}</code>
        </Trans>
      </span>
      {address && <code translate="no">{address}</code>}
      {moment && (
        <span>
          <Trans>Created {moment}</Trans>
        </span>
      )}
    </p>
  )
}
