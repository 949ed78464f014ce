/** The actions of an instance in its header: the usual ones as buttons, the others in a menu. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleHelp, Ellipsis, Monitor, Play, RotateCw, Square } from 'lucide-react'
import { useEffect } from 'react'
import { Link } from 'react-router'

import { isRunning } from '#contract/lifecycle.ts'

import type { Row } from '../../../api/inventory.ts'
import { useRoleBlock } from '../../../components/people/role-block.ts'
import { SendProblem } from '../../../components/SendProblem.tsx'
import { entryOf, useActions, type InstanceEntryId } from '../../../instance/actions.tsx'
import { useStart } from '../../../instance/use-start.ts'
import { preloadConsole, whenIdle } from '../../../screen/preload.ts'
import { ScreenLink } from '../../../screen/ScreenLink.tsx'
import { buttonClass } from '../../../ui/button-class.ts'
import { Button } from '../../../ui/Button.tsx'
import type { MenuEntry } from '../../../ui/menu-entry.ts'
import { MenuButton } from '../../../ui/MenuButton.tsx'

const menu: (InstanceEntryId | 'separator')[] = [
  'rescue',
  'separator',
  'snapshot',
  'scale',
  'grow',
  'rename',
  'like',
  'separator',
  'reinstall',
  'delete',
]

/** Of Start and Stop, one is always disabled, and a phone has no room for it; screen readers and the focus keep it. */
const unseenOnPhone = 'max-sm:not-focus:sr-only'

export function HeaderButtons({ row }: { row: Row }) {
  const { t } = useLingui()
  const start = useStart(row)
  const actions = useActions(row)
  // The console of a running instance is often opened next.
  const screenless = useRoleBlock()('get-console-proxy-url')
  const isOn = isRunning(row.state)
  const on = isOn && !screenless
  useEffect(() => (on ? whenIdle(preloadConsole) : undefined), [on])
  const name = row.name ?? row.id
  const items = (): MenuEntry[] => [
    {
      label: t`Why doesn’t ${name} respond?`,
      icon: <CircleHelp />,
      render: <Link to={`/instances/${row.zone}/${row.id}#why`} />,
    },
    ...menu.map((id): MenuEntry =>
      id === 'separator' ? { separator: true } : entryOf(actions[id]),
    ),
  ]
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 max-sm:[&_:is(a,button):not([aria-label])>svg]:hidden">
        {screenless ? (
          <Button variant="primary" icon={<Monitor />} disabledReason={screenless}>
            <Trans>Console</Trans>
          </Button>
        ) : (
          <ScreenLink row={row} className={buttonClass({ variant: 'primary' })}>
            <Monitor aria-hidden="true" />
            <Trans>Console</Trans>
          </ScreenLink>
        )}
        <Button
          icon={<Play />}
          className={isOn ? unseenOnPhone : ''}
          onClick={() => start.mutate()}
          pending={start.isPending}
          disabledReason={actions.start.disabledReason}
        >
          <Trans>Start</Trans>
        </Button>
        <Button
          icon={<Square />}
          className={isOn ? '' : unseenOnPhone}
          onClick={actions.stop.run}
          disabledReason={actions.stop.disabledReason}
        >
          <Trans>Stop</Trans>
        </Button>
        <Button
          data-tour="reboot"
          icon={<RotateCw />}
          onClick={actions.reboot.run}
          disabledReason={actions.reboot.disabledReason}
        >
          <Trans>Reboot</Trans>
        </Button>
        <MenuButton label={t`More actions`} icon={<Ellipsis />} items={items} />
      </div>
      {start.error && (
        <div className="w-full">
          <SendProblem sending={start} />
        </div>
      )}
    </>
  )
}
