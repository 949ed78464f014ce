import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { formatElapsed } from '../components/format.ts'
import { useSubject } from '../components/use-subject.ts'
import { zoneCity } from '../components/zone-city.ts'
import { IconButton } from '../ui/IconButton.tsx'

/** One line of the tray: state, operation and resource, elapsed time, and details below. */
export function TrayLine(props: {
  icon: ReactNode
  operation: string
  zone: string
  instanceId: string | undefined
  /** Of the resource; empty or absent if the request had none. */
  name: string | undefined
  elapsedMs: number
  /** Present where a person must have read the line before it disappears. */
  onDismiss: (() => void) | undefined
  children: ReactNode
}) {
  const { t } = useLingui()
  const { icon, operation, zone, instanceId, elapsedMs, onDismiss, children } = props
  const name = useSubject({ zone, instanceId, subject: props.name })
  const city = zoneCity(zone)
  return (
    <li className="flex gap-2 px-3 py-2 text-sm">
      <span className="mt-0.5 shrink-0">{icon}</span>
      <div className="min-w-0 grow">
        <div className="flex gap-2">
          <p className="min-w-0 grow break-words [text-wrap-style:auto]">
            {instanceId ? (
              <Trans>
                {operation}:{' '}
                <Link to={`/instances/${zone}/${instanceId}`} className="ui-link">
                  <bdi translate="no">{name}</bdi>
                </Link>
              </Trans>
            ) : name ? (
              <Trans>
                {operation}: <bdi translate="no">{name}</bdi>
              </Trans>
            ) : (
              operation
            )}
            <span className="text-muted"> {city}</span>
          </p>
          <span className="text-muted tabular-nums">{formatElapsed(elapsedMs)}</span>
          {onDismiss && (
            <IconButton
              label={name ? t`Dismiss ${operation}: ${name}` : t`Dismiss ${operation}`}
              size="sm"
              className="-my-1 -me-1 pointer-coarse:-my-3"
              onClick={onDismiss}
            >
              <X />
            </IconButton>
          )}
        </div>
        {children}
      </div>
    </li>
  )
}
