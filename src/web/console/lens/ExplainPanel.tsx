import type { ToolProps } from '../tool.ts'
import { explain } from './explain.ts'
import { ExplainCard } from './ExplainCard.tsx'
import { NoText } from './NoText.tsx'
import { useScreenText } from './use-screen-text.ts'

/** *Explain this screen*: what is on it now, and on from there as it changes. */
export function ExplainPanel(props: ToolProps) {
  const text = useScreenText(props.connection)
  if (!text) return <NoText read={text === null} />
  return <ExplainCard explanation={explain(text.lines)} {...props} />
}
