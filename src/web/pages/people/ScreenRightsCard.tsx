/** What viewers and operators may do with screens: one switch for each role and right. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, Minus } from 'lucide-react'

import {
  limitedRoles,
  screenRightNames,
  type LimitedRole,
  type Policy,
  type ScreenRight,
} from '#contract/people/policy.ts'

import { useRoleNames } from '../../components/people/role-words.ts'
import { Card } from '../../ui/Card.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { NotSaved } from './NotSaved.tsx'
import { usePolicySwitches } from './use-policy.ts'

function useRightTexts(): Record<ScreenRight, { name: string; about: string }> {
  const { t } = useLingui()
  return {
    see: {
      name: t`See screens`,
      about: t`Live screens: the console, the wall and thumbnails.`,
    },
    type: {
      name: t`Type and click`,
      about: t`The keyboard, the mouse, and pasted or sent text reach the instance. Includes seeing screens.`,
    },
    copy: {
      name: t`Copy text`,
      about: t`Select and copy text from a screen, and receive what the instance copies. Includes seeing screens.`,
    },
    play: {
      name: t`Play recordings`,
      about: t`Screen history, recording files, and screenshots that were saved with snapshots.`,
    },
  }
}

type Switches = ReturnType<typeof usePolicySwitches>

function RightSwitch({
  role,
  right,
  switches,
  isAdmin,
}: {
  role: LimitedRole
  right: ScreenRight
  switches: Switches
  isAdmin: boolean
}) {
  const { t } = useLingui()
  const roleName = useRoleNames()[role]
  const { shown, saving, set } = switches
  const isOn = shown.screens[role][right]
  if (!isAdmin)
    return (
      <span className="inline-flex items-center gap-2 text-sm">
        {isOn ? (
          <Check size={16} aria-hidden="true" className="text-running" />
        ) : (
          <Minus size={16} aria-hidden="true" className="text-muted" />
        )}
        <span className={isOn ? '' : 'text-muted'}>
          {roleName}
          <span className="sr-only">{isOn ? t`: allowed` : t`: not allowed`}</span>
        </span>
      </span>
    )
  return (
    <Switch
      label={roleName}
      checked={isOn}
      pending={saving?.role === role && saving.right === right}
      onChange={({ target }) => set({ role, right, on: target.checked })}
    />
  )
}

export function ScreenRightsCard({
  policy,
  isAdmin,
}: {
  policy: Policy
  isAdmin: boolean
}) {
  const { t } = useLingui()
  const texts = useRightTexts()
  const switches = usePolicySwitches(policy)
  return (
    <Card title={t`Screens`}>
      <NotSaved {...switches} />
      <div className="divide-y divide-border border-y">
        {screenRightNames.map((right) => {
          const { name, about } = texts[right]
          return (
            <fieldset
              key={right}
              aria-label={name}
              className="grid items-center gap-x-6 gap-y-2 py-3 sm:grid-cols-[minmax(0,1fr)_auto]"
            >
              <div className="min-w-0">
                <p className="text-sm font-medium">{name}</p>
                <p className="text-sm text-muted">{about}</p>
              </div>
              <div className="grid grid-cols-[repeat(2,8rem)] gap-x-2">
                {limitedRoles.map((role) => (
                  <RightSwitch key={role} {...{ role, right, switches, isAdmin }} />
                ))}
              </div>
            </fieldset>
          )
        })}
      </div>
      <p className="pt-3 text-sm text-muted">
        <Trans>
          Admins can always do everything. A change takes effect at once: open screens of
          the role connect again with the new rights. Screens of a role that can’t type or
          copy always go through this server, which enforces it.
        </Trans>
      </p>
    </Card>
  )
}
