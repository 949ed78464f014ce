/** The frame of an open tool: its title, its close button, and the wait while it is loaded. */
import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { Suspense, useCallback, useEffect, useId, useRef } from 'react'

import { Button } from '../ui/Button.tsx'
import { Contained } from '../ui/Contained.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { toolFaces } from './tool-faces.tsx'
import type { Tool, ToolProps } from './tool.ts'

function Failed({ onClose }: { onClose: () => void }) {
  return (
    <div className="grid justify-items-start gap-3 text-sm">
      <p>
        <Trans>Can’t show this tool. The console still works.</Trans>
      </p>
      <Button size="sm" onClick={onClose}>
        <Trans>Close</Trans>
      </Button>
    </div>
  )
}

const controls =
  'textarea,input:not([type=hidden]),select,button,summary,a[href],[tabindex="0"]'

/** Inside the same Suspense as a panel, so mounted at the same time. */
function Arrival({ onArrive }: { onArrive: (body: HTMLElement) => void }) {
  const here = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const body = here.current?.parentElement
    if (body) onArrive(body)
  }, [onArrive])
  return <span ref={here} hidden />
}

const places = {
  side: 'w-90 max-md:order-last max-md:max-h-1/2 max-md:w-full max-md:border-t md:border-s',
  bottom: 'order-last max-h-1/2 w-full border-t',
}

export function ToolPanel({ tool, ...props }: { tool: Tool } & ToolProps) {
  const { t } = useLingui()
  const { id, place, Panel } = tool
  const { onClose } = props
  const name = t(toolFaces[id].label)
  const titleId = useId()
  const title = useRef<HTMLHeadingElement>(null)

  // The focus moves into the opened panel; until it is loaded, to its title.
  useEffect(() => title.current?.focus({ preventScroll: true }), [])
  const enter = useCallback((body: HTMLElement) => {
    const { activeElement: now, body: page } = document
    // Elsewhere it is where the person went while the panel was loaded: the screen, or the keys' menu, which would close.
    if (now === title.current || now === page)
      body.querySelector<HTMLElement>(controls)?.focus({ preventScroll: true })
  }, [])

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves it
    <section
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        // An overlay of the panel closes first: its key events bubble here from elsewhere.
        const within = event.currentTarget.contains(event.target as Node) // events come from nodes
        if (event.key !== 'Escape' || event.defaultPrevented || !within) return
        event.preventDefault()
        onClose()
      }}
      data-tool={tool.id}
      data-place={place}
      className={`flex min-h-0 shrink-0 flex-col border-border bg-surface text-text ui-dark ${places[place]}`}
    >
      <header className="flex h-10 shrink-0 items-center gap-2 border-b border-border ps-3 pe-1">
        <h2
          id={titleId}
          ref={title}
          tabIndex={-1}
          className="min-w-0 grow truncate text-sm font-semibold outline-none"
        >
          {name}
        </h2>
        <IconButton label={t`Close ${name}`} size="sm" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className="ui-scroll min-h-0 grow overflow-auto p-3">
        <Contained instead={<Failed onClose={onClose} />}>
          <Suspense fallback={<Spinner size={20} />}>
            <Panel {...props} />
            <Arrival onArrive={enter} />
          </Suspense>
        </Contained>
      </div>
    </section>
  )
}
