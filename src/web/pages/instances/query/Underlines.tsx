/** Underlines what a query can't use, on top of the input that has the same text. */
import { useEffect, useState, type RefObject } from 'react'

import type { Span } from '#contract/query/parse.ts'

type UnderlinesProps = {
  input: RefObject<HTMLInputElement | null>
  text: string
  parts: readonly Span[]
}

export function Underlines({ input, text, parts }: UnderlinesProps) {
  // The browser scrolls the input when its text is too long.
  const [scrolled, setScrolled] = useState(0)
  useEffect(() => {
    const box = input.current
    const follow = () => setScrolled(box?.scrollLeft ?? 0)
    follow()
    box?.addEventListener('scroll', follow)
    return () => box?.removeEventListener('scroll', follow)
  }, [input])
  const pieces = parts.map(({ start, end }, index) => ({
    before: text.slice(parts[index - 1]?.end ?? 0, start),
    part: text.slice(start, end),
    start,
  }))
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-0 top-0 h-control border border-transparent ps-8 pe-12"
    >
      <div className="flex h-full items-center overflow-hidden text-sm whitespace-pre text-transparent">
        <span style={{ transform: `translateX(${-scrolled}px)` }}>
          {pieces.map(({ before, part, start }) => (
            <span key={start}>
              {before}
              <span className="underline decoration-error decoration-wavy underline-offset-3">
                {part}
              </span>
            </span>
          ))}
        </span>
      </div>
    </div>
  )
}
