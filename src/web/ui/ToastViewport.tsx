/**
 * Shows toasts; loaded with the first of them. Base UI announces them, failures assertively, pauses their timers
 * during hover or focus, and makes them reachable with F6.
 */
import { Toast } from '@base-ui/react/toast'
import { useLingui } from '@lingui/react/macro'
import { CircleCheck, Info, OctagonAlert, TriangleAlert, X } from 'lucide-react'
import { useEffect, useRef, useState, type RefObject } from 'react'

import { buttonClass } from './button-class.ts'
import { StrictCsp } from './StrictCsp.tsx'
import { takeToasts, type ToastKind, type ToastRecord } from './toast.ts'

const looks = {
  success: { Icon: CircleCheck, colour: 'text-running' },
  info: { Icon: Info, colour: 'text-transitional' },
  warning: { Icon: TriangleAlert, colour: 'text-warning' },
  error: { Icon: OctagonAlert, colour: 'text-error' },
} satisfies Record<ToastKind, unknown>

type Manager = ReturnType<typeof Toast.createToastManager<ToastRecord>>

/**
 * An element that is removed below the pointer never reports that the pointer left it, so the timers
 * of the other toasts would never continue. If the pointer is still over one, the next movement
 * pauses them again.
 */
function reportLeft(viewport: HTMLElement | null): void {
  viewport?.dispatchEvent(
    new MouseEvent('mouseout', { bubbles: true, relatedTarget: document.body }),
  )
}

function show(
  manager: Manager,
  record: ToastRecord,
  viewport: RefObject<HTMLElement | null>,
): void {
  manager.add({
    id: record.id,
    type: record.kind,
    title: record.title,
    description: record.body,
    timeout: record.lastsMs,
    // A failure is announced at once, with its reason.
    priority: record.kind === 'error' ? 'high' : 'low',
    onRemove: () => window.setTimeout(() => reportLeft(viewport.current)),
    data: record,
  })
}

export function ToastViewport() {
  const viewport = useRef<HTMLDivElement>(null)
  const [manager] = useState(() => Toast.createToastManager<ToastRecord>())

  // Outside system: the list in toast.ts. The provider below subscribes to the manager in an
  // effect of its own, and children's effects run before this one, so nothing is lost.
  useEffect(
    () =>
      takeToasts((event) => {
        if (event.kind === 'show') show(manager, event.toast, viewport)
        else manager.close(event.id)
      }),
    [manager],
  )

  return (
    <StrictCsp>
      <Toast.Provider toastManager={manager} limit={4}>
        <Toast.Portal>
          <Toast.Viewport
            ref={viewport}
            data-part="toasts"
            // They leave the tray free: above its one line, or beside it.
            className="fixed inset-x-4 bottom-4 z-50 mx-auto flex max-w-96 flex-col-reverse gap-2 sm:start-auto sm:end-4 sm:w-96 max-sm:bottom-18 max-sm:[:root:has([data-tray=folded])_&]:bottom-32 sm:[:root:has([data-tray=folded])_&]:bottom-17 lg:[:root:has([data-tray=open])_&]:end-97"
          >
            <ToastList />
          </Toast.Viewport>
        </Toast.Portal>
      </Toast.Provider>
    </StrictCsp>
  )
}

function ToastList() {
  const { t } = useLingui()
  const { toasts, close } = Toast.useToastManager<ToastRecord>()
  return toasts.map((entry) => {
    const record = entry.data
    if (!record) return null
    const { Icon, colour } = looks[record.kind]
    return (
      <Toast.Root
        key={entry.id}
        toast={entry}
        swipeDirection={['right', 'down']}
        className="rounded-lg bg-surface text-text shadow-float transition-[opacity,transform] data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-1 data-starting-style:opacity-0 forced-colors:border"
      >
        <Toast.Content className="flex items-start gap-2.5 py-2.5 ps-3 pe-2">
          <Icon aria-hidden="true" size={16} className={`mt-1 shrink-0 ${colour}`} />
          <div className="min-w-0 flex-1 py-0.5 text-sm">
            <Toast.Title render={<p />} className="font-medium break-words">
              {record.title}
            </Toast.Title>
            {record.body && (
              <Toast.Description render={<div />} className="break-words text-muted">
                {record.body}
              </Toast.Description>
            )}
            {record.action && (
              <Toast.Action
                className={`mt-2 ${buttonClass({ size: 'sm' })}`}
                onClick={() => {
                  record.action?.onSelect()
                  close(entry.id)
                }}
              >
                {record.action.label}
              </Toast.Action>
            )}
          </div>
          <Toast.Close
            aria-label={t`Dismiss`}
            className={buttonClass({ variant: 'ghost', size: 'sm', iconOnly: true })}
          >
            <X />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    )
  })
}
