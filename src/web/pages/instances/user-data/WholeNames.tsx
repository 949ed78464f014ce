import { Fragment } from 'react'

const names = /(#?cloud(?:base)?-(?:init|config))/

/** A text in which names such as cloud-init don't break at their hyphen. */
export function WholeNames({ text }: { text: string }) {
  return text.split(names).map((part, at) => (
    // oxlint-disable-next-line react/no-array-index-key -- parts have no identity
    <Fragment key={at}>
      {names.test(part) ? <span className="whitespace-nowrap">{part}</span> : part}
    </Fragment>
  ))
}
