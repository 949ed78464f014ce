import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { zoneCity } from '#contract/zones.ts'

import { formatElapsed } from '../components/format.ts'
import { IconButton } from '../ui/IconButton.tsx'

/** One line of the tray: how it is, what is done to what, since when, and more below it. */
export function TrayLine(props: {
  icon: ReactNode
  words: string
  zone: string
  instanceId: string | undefined
  name: string
  elapsedMs: number
  /** Present where somebody has to have read it before it goes. */
  onDismiss: (() => void) | undefined
  children: ReactNode
}) {
  const { t } = useLingui()
  const { icon, words, zone, instanceId, name, elapsedMs, onDismiss, children } = props
  return (
    <li className="flex gap-2 px-3 py-2 text-sm">
      <span className="mt-0.5 shrink-0">{icon}</span>
      <div className="min-w-0 grow">
        <p className="truncate">
          {words}{' '}
          {instanceId ? (
            <Link to={`/instances/${zone}/${instanceId}`} className="ui-link">
              <bdi translate="no">{name}</bdi>
            </Link>
          ) : (
            <bdi translate="no">{name}</bdi>
          )}
          <span className="text-muted"> · {zoneCity(zone)}</span>
        </p>
        {children}
      </div>
      <span className="text-muted tabular-nums">{formatElapsed(elapsedMs)}</span>
      {onDismiss && (
        <IconButton
          label={t`Dismiss: ${words} ${name}`}
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
