/** Shows between the bar and the screen what there is to know of it, and says in a toast what was refused. */
import { RescueNotice } from '../instance/RescueNotice.tsx'
import { SizeRefused } from './SizeRefused.tsx'
import type { ToolProps } from './tool.ts'
import { WatchLine } from './WatchLine.tsx'

type AboveScreenProps = Pick<ToolProps, 'connection' | 'state' | 'row' | 'name'> & {
  fullScreen: boolean
  onSizeRefused: () => void
}

export function AboveScreen({
  connection,
  state,
  row,
  name,
  fullScreen,
  onSizeRefused,
}: AboveScreenProps) {
  return (
    <>
      <SizeRefused {...{ connection, state }} onRefused={onSizeRefused} />
      {!fullScreen && <WatchLine />}
      {!fullScreen && row && (
        <div className="shrink-0 text-text ui-dark">
          {/* Only once the screen is shown, because that is loaded first. */}
          <RescueNotice row={row} name={name} wanted={state.status === 'open'} overScreen />
        </div>
      )}
    </>
  )
}
