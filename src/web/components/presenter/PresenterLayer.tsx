/** Presenter mode while it is on: larger text, masked addresses, the keys that are pressed, and the way out. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Presentation, X } from 'lucide-react'
import { useEffect, useLayoutEffect, useState } from 'react'

import { Kbd } from '../../ui/Kbd.tsx'
import { toast } from '../../ui/toast.ts'
import { maskPage } from './masked-page.ts'
import { isSecret, shownKeys } from './shown-key.ts'

const shownMs = 1_800
const textSize = '118%'

/** The last keys, for a moment. */
function usePressed(): string[] | undefined {
  const [pressed, setPressed] = useState<string[]>()
  useEffect(() => {
    let timer = 0
    // Before the page, which may keep a key for itself.
    const onKeyDown = (event: KeyboardEvent) => {
      const keys = shownKeys(event, isSecret(event.target))
      if (!keys) return
      clearTimeout(timer)
      setPressed(keys)
      timer = window.setTimeout(() => setPressed(undefined), shownMs)
    }
    addEventListener('keydown', onKeyDown, true)
    return () => {
      clearTimeout(timer)
      removeEventListener('keydown', onKeyDown, true)
    }
  }, [])
  return pressed
}

function Chip({ onLeave }: { onLeave: () => void }) {
  const { t } = useLingui()
  const pressed = usePressed()
  return (
    <div
      data-presenter
      className="pointer-events-none fixed inset-x-0 bottom-3 z-50 flex flex-col items-center gap-2 max-sm:bottom-20"
    >
      {pressed && (
        <span
          aria-hidden="true"
          data-pressed
          className="flex gap-1.5 rounded-lg border bg-surface px-3 py-2 text-lg shadow-float"
        >
          {pressed.map((key, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the keys of one press
            <Kbd key={index}>{key}</Kbd>
          ))}
        </span>
      )}
      <button
        type="button"
        onClick={onLeave}
        aria-label={t`Leave presenter mode`}
        className="pointer-events-auto flex h-control items-center gap-2 rounded-full border border-accent bg-selected px-3 text-sm font-medium text-accent shadow-float hover:bg-hover"
      >
        <Presentation aria-hidden="true" size={16} />
        <Trans>Presenter mode</Trans>
        <X aria-hidden="true" size={16} />
      </button>
    </div>
  )
}

export function PresenterLayer({ onLeave }: { onLeave: () => void }) {
  const { t } = useLingui()
  // Before the paint: nothing is shown that isn't masked yet.
  useLayoutEffect(() => {
    const { style } = document.documentElement
    style.fontSize = textSize
    const end = maskPage(() =>
      toast({
        kind: 'info',
        id: 'masked',
        title: t`Copied with masked IP addresses`,
        body: t`Leave presenter mode to copy the IP addresses.`,
      }),
    )
    return () => {
      style.removeProperty('font-size')
      end()
    }
  }, [t])
  return <Chip onLeave={onLeave} />
}
