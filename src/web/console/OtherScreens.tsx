/** Goes from one instance's screen to the next without the list in between. */
import { useLingui } from '@lingui/react/macro'
import { ArrowLeftRight } from 'lucide-react'

import type { Row } from '../api/inventory.ts'
import { useOpenScreen } from '../screen/ScreenLink.tsx'
import { PopoverButton } from '../ui/PopoverButton.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { useLater } from './later.ts'
import { LaterFailed } from './LaterFailed.tsx'
import { useRunning } from './use-running.ts'

/** Goes to the next or previous running instance; after the last comes the first. */
export function useNeighbours(row: Row | undefined): { next(): void; previous(): void } {
  const running = useRunning()
  const openScreen = useOpenScreen()
  const go = (step: number) => {
    const at = running.findIndex(({ key }) => key === row?.key)
    const other = running[(at + step + running.length) % running.length]
    if (other && other.key !== row?.key) openScreen(other)
  }
  return { next: () => go(1), previous: () => go(-1) }
}

/** Mounted when it is opened. */
function Choice({ row }: { row: Row | undefined }) {
  const { parts, failed } = useLater(true)
  if (parts) return <parts.RunningInstances row={row} />
  return failed ? <LaterFailed /> : <Spinner size={20} />
}

export function OtherScreens({ row }: { row: Row | undefined }) {
  const { t } = useLingui()
  return (
    <PopoverButton
      label={t`Other consoles`}
      word={t`Other consoles`}
      title={t`Running instances`}
      icon={<ArrowLeftRight />}
      variant="ghost"
      size="sm"
      content={<Choice row={row} />}
    />
  )
}
