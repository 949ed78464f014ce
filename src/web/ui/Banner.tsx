import { useLingui } from '@lingui/react/macro'
import { CircleCheck, Info, OctagonAlert, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'

import { IconButton } from './IconButton.tsx'

type BannerKind = 'info' | 'success' | 'warning' | 'error'

const icons = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  error: OctagonAlert,
} satisfies Record<BannerKind, unknown>

const looks: Record<BannerKind, { box: string; icon: string }> = {
  info: { box: 'bg-transitional-tint', icon: 'text-transitional' },
  success: { box: 'bg-running-tint', icon: 'text-running' },
  warning: { box: 'bg-warning-tint', icon: 'text-warning' },
  error: { box: 'bg-error-tint', icon: 'text-error' },
}

type BannerProps = {
  kind: BannerKind
  title?: ReactNode
  action?: ReactNode
  onDismiss?: (() => void) | undefined
  /** Keeps the action beside the words, however narrow it gets. */
  oneRow?: boolean
  className?: string | undefined
  children?: ReactNode
}

export function Banner({
  kind,
  title,
  action,
  onDismiss,
  oneRow = false,
  className = '',
  children,
}: BannerProps) {
  const { t } = useLingui()
  const Icon = icons[kind]
  return (
    <div
      role={kind === 'error' ? 'alert' : 'status'}
      className={`flex items-center gap-x-3 gap-y-2 rounded-md px-3 py-2 text-sm forced-colors:border ${looks[kind].box} ${oneRow ? '' : 'flex-wrap'} ${className}`}
    >
      <div className="flex min-w-0 flex-1 basis-64 gap-2">
        <Icon
          aria-hidden="true"
          size={16}
          className={`mt-0.5 shrink-0 ${looks[kind].icon}`}
        />
        <div className="min-w-0">
          {title && <p className="font-medium break-words">{title}</p>}
          {children && <div className="break-words">{children}</div>}
        </div>
      </div>
      {action && <div className="flex items-center gap-2">{action}</div>}
      {onDismiss && (
        <IconButton label={t`Dismiss`} size="sm" onClick={onDismiss}>
          <X />
        </IconButton>
      )}
    </div>
  )
}
