import { useRightBlock } from '../components/people/right-words.ts'

/** Says above a screen that its person may only watch. */
export function WatchLine() {
  const block = useRightBlock()('type')
  return (
    block && (
      <p className="shrink-0 bg-surface px-3 pb-1.5 text-xs text-muted ui-dark">{block}</p>
    )
  )
}
