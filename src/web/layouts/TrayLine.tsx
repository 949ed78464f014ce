import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { formatElapsed } from '../components/format.ts'
import { zoneCity } from '../components/zone-city.ts'
import { IconButton } from '../ui/IconButton.tsx'

/** One line of the tray: state, operation and resource, elapsed time, and details below. */
export function TrayLine(props: {
  icon: ReactNode
  operation: string
  zone: string
  instanceId: string | undefined
  name: string
  elapsedMs: number
  /** Present where a person must have read the line before it disappears. */
  onDismiss: (() => void) | undefined
  children: ReactNode
}) {
  const { t } = useLingui()
  const { icon, operation, zone, instanceId, name, elapsedMs, onDismiss, children } = props
  const city = zoneCity(zone)
  return (
    <li className="flex gap-2 px-3 py-2 text-sm">
      <span className="mt-0.5 shrink-0">{icon}</span>
      <div className="min-w-0 grow">
        <p className="truncate">
          {instanceId ? (
            <Trans>
              {operation}:{' '}
              <Link to={`/instances/${zone}/${instanceId}`} className="ui-link">
                <bdi translate="no">{name}</bdi>
              </Link>
            </Trans>
          ) : (
            <Trans>
              {operation}: <bdi translate="no">{name}</bdi>
            </Trans>
          )}
          <span className="text-muted"> · {city}</span>
        </p>
        {children}
      </div>
      <span className="text-muted tabular-nums">{formatElapsed(elapsedMs)}</span>
      {onDismiss && (
        <IconButton
          label={t`Dismiss ${operation}: ${name}`}
          size="sm"
          className="-my-1 -me-1"
          onClick={onDismiss}
        >
          <X />
        </IconButton>
      )}
    </li>
  )
}
