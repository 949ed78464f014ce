/**
 * The modal dialog, heavy: it brings Base UI. Modules that are loaded late import it directly,
 * all others use `LazyDialog`. While `dismissible` is off (something is being done) neither
 * Escape, nor a press outside, nor the cross closes it. On a phone it is the whole screen.
 */
import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { useRef, type FormEvent, type ReactNode, type RefObject } from 'react'

import { buttonClass } from './button-class.ts'
import { returnTarget } from './return-focus.ts'
import { StrictCsp } from './StrictCsp.tsx'

export type DialogProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  footer?: ReactNode
  role?: 'dialog' | 'alertdialog' | undefined
  /** `never`: it has no cross, because there is only one way on. */
  dismissible?: boolean | 'never' | undefined
  size?: 'sm' | 'md' | 'lg' | undefined
  /** Makes body and footer one form; the page calls preventDefault as usual. */
  onSubmit?: ((event: FormEvent<HTMLFormElement>) => void) | undefined
  initialFocus?: RefObject<HTMLElement | null> | undefined
  part?: 'sign-in' | undefined
}

const firstField = (popup: HTMLElement | null) =>
  popup?.querySelector<HTMLElement>(
    '[data-part="body"] :is(input:not([type="hidden"], [aria-disabled]), select, textarea)',
  )

/**
 * The first thing to fill in; failing that the first button of the footer, which is Cancel;
 * never the cross, which comes first in the document.
 */
function firstStop(popup: HTMLElement | null): HTMLElement | boolean {
  const field = firstField(popup)
  if (field) return field
  const button = popup?.querySelector<HTMLElement>(
    '[data-part="footer"] :is(button, a[href])',
  )
  if (popup && button) awaitField(popup, button)
  return button ?? true
}

/**
 * The fields may come after what they are about has been read. Then the focus goes on to the first one, unless a
 * person has moved it.
 */
function awaitField(popup: HTMLElement, from: HTMLElement): void {
  const goOn = () => {
    if (document.activeElement === from) firstField(popup)?.focus()
  }
  const observer = new MutationObserver(goOn)
  observer.observe(popup, { childList: true, subtree: true })
  const onFocus = ({ target }: FocusEvent) => {
    if (target === from) return goOn()
    observer.disconnect()
    popup.removeEventListener('focusin', onFocus)
  }
  popup.addEventListener('focusin', onFocus)
}

/**
 * Toasts lie over the dialog and are no part of it, but dismissing one is not "outside". Nor is signing in
 * again, after which the dialog goes on.
 */
function isAbove(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[data-part="toasts"], [data-part="sign-in"]') !== null
  )
}

const sizes = { sm: 'sm:max-w-sm', md: 'sm:max-w-lg', lg: 'sm:max-w-3xl' }

export function Dialog({
  open,
  onClose,
  role = 'dialog',
  dismissible = true,
  size = 'md',
  initialFocus,
  part,
  ...parts
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  return (
    <StrictCsp>
      <BaseDialog.Root
        open={open}
        disablePointerDismissal={role === 'alertdialog'}
        onOpenChange={(next, { event }) => {
          if (!next && dismissible === true && !isAbove(event.target)) onClose()
        }}
      >
        <BaseDialog.Portal>
          <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
          <BaseDialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center sm:p-6 sm:pt-[10vh]">
            <BaseDialog.Popup
              ref={popup}
              role={role}
              data-modal
              data-part={part}
              initialFocus={
                initialFocus ??
                // A focused field would bring up a phone's keyboard over the text to be read. How a dialog
                // was opened isn't known here, because none has a trigger of its own.
                (() =>
                  matchMedia('(pointer: coarse)').matches
                    ? popup.current
                    : firstStop(popup.current))
              }
              finalFocus={returnTarget}
              className={`flex max-h-full w-full flex-col bg-surface text-text outline-none transition-[opacity,transform] max-sm:h-full sm:max-h-[80vh] sm:rounded-lg sm:shadow-float data-ending-style:opacity-0 data-starting-style:translate-y-1 data-starting-style:opacity-0 forced-colors:border ${sizes[size]}`}
            >
              <DialogParts {...parts} dismissible={dismissible} />
            </BaseDialog.Popup>
          </BaseDialog.Viewport>
        </BaseDialog.Portal>
      </BaseDialog.Root>
    </StrictCsp>
  )
}

type PartsProps = Pick<
  DialogProps,
  'title' | 'description' | 'children' | 'footer' | 'onSubmit' | 'dismissible'
>

function DialogParts({
  title,
  description,
  children,
  footer,
  onSubmit,
  dismissible,
}: PartsProps) {
  const { t } = useLingui()
  const rest = (
    <>
      <div
        data-part="body"
        className="ui-scroll ui-more-below min-h-0 flex-1 overflow-y-auto px-5 pb-5 break-words"
      >
        {description && (
          <BaseDialog.Description
            render={<div />}
            className={`text-base text-muted ${children ? 'mb-4' : ''}`}
          >
            {description}
          </BaseDialog.Description>
        )}
        {children}
      </div>
      {footer && (
        <div
          data-part="footer"
          className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:[&_button]:flex-auto"
        >
          {footer}
        </div>
      )}
    </>
  )
  return (
    <>
      <div className="flex items-start justify-between gap-3 pt-3.5 ps-5 pe-3 pb-2 pointer-coarse:pt-1.5 pointer-coarse:pb-0">
        <BaseDialog.Title className="min-w-0 pt-0.5 text-lg font-semibold break-words pointer-coarse:pt-2.5">
          {title}
        </BaseDialog.Title>
        {dismissible !== 'never' && (
          <BaseDialog.Close
            aria-label={t`Close`}
            aria-disabled={dismissible ? undefined : true}
            className={buttonClass({ variant: 'ghost', size: 'sm', iconOnly: true })}
          >
            <X />
          </BaseDialog.Close>
        )}
      </div>
      {onSubmit ? (
        <form noValidate onSubmit={onSubmit} className="flex min-h-0 flex-1 flex-col">
          {rest}
        </form>
      ) : (
        rest
      )}
    </>
  )
}
