import { Fragment } from 'react'

import { CopyButton } from './CopyButton.tsx'

type CodeProps = {
  children: string
  /** A box of its own, scrolling sideways, for commands and documents. */
  block?: boolean
  copy?: boolean
  copyLabel?: string
  className?: string
}

/** Breaks after a colon where it has to break: not inside a byte of a fingerprint. */
const parted = (text: string) =>
  text.split(/(?<=:)/).map((part, at) => (
    // oxlint-disable-next-line react/no-array-index-key -- parts have no identity
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ))

/** Ids, addresses, commands: never translated, never turned round by the text about them. */
export function Code({
  children,
  block = false,
  copy = false,
  copyLabel,
  className = '',
}: CodeProps) {
  if (!block)
    return (
      <span className={`inline-flex max-w-full items-center gap-0.5 ${className}`}>
        <bdi className="min-w-0">
          <code translate="no" className="font-mono text-[0.95em] wrap-anywhere">
            {parted(children)}
          </code>
        </bdi>
        {copy && <CopyButton text={children} label={copyLabel} className="-my-1" />}
      </span>
    )
  const end = children.indexOf('\n')
  const first = end < 0 ? children : children.slice(0, end)
  return (
    <div className={`relative rounded-md border bg-sunken ${className}`}>
      <pre
        dir="ltr"
        translate="no"
        // Scrolls sideways, so the keyboard must be able to reach it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region
        tabIndex={0}
        className="ui-scroll w-0 min-w-full overflow-x-auto rounded-md px-3 py-2 text-left font-mono text-xs"
      >
        {copy ? (
          <>
            {/* Its end can be scrolled out from under the button. */}
            <span className="pe-9 pointer-coarse:pe-11">{first}</span>
            {children.slice(first.length)}
          </>
        ) : (
          children
        )}
      </pre>
      {copy && (
        // As high as the first line, around which the button is centered.
        <span className="absolute end-0 top-2 flex h-4 items-center bg-sunken pe-1">
          <CopyButton text={children} label={copyLabel} />
        </span>
      )}
    </div>
  )
}
