/** Shows which actions a second person has to confirm; admins choose them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { EndpointId } from '#contract/endpoints.ts'
import {
  secondPersonIds,
  type Policy,
  type SecondPersonSwitches,
} from '#contract/people/policy.ts'

import { sessionQuery } from '../../api/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { toast } from '../../ui/toast.ts'
import { NotSaved } from './NotSaved.tsx'
import { usePolicyChoice } from './use-policy.ts'

type Group = { title: string; actions: { id: EndpointId; name: string }[] }

/** All actions that can need a second person, in plain words. */
function useGroups(): Group[] {
  const { t } = useLingui()
  const groups: Group[] = [
    {
      title: t`Instances`,
      actions: [
        { id: 'delete-instance', name: t`Delete an instance` },
        { id: 'reset-instance', name: t`Reinstall an instance` },
        { id: 'revert-instance-to-snapshot', name: t`Revert an instance to a snapshot` },
        { id: 'remove-instance-protection', name: t`Turn off deletion protection` },
        { id: 'evict-instance-pool-members', name: t`Evict an instance from its pool` },
      ],
    },
    {
      title: t`Storage and network`,
      actions: [
        { id: 'delete-snapshot', name: t`Delete a snapshot` },
        { id: 'delete-block-storage-volume', name: t`Delete a volume` },
        { id: 'delete-security-group', name: t`Delete a security group` },
      ],
    },
  ]
  const named = new Set(groups.flatMap(({ actions }) => actions.map(({ id }) => id)))
  // A newer operation is shown by its name until it has words.
  const others = secondPersonIds.filter((id) => !named.has(id))
  return others.length === 0
    ? groups
    : [...groups, { title: t`Others`, actions: others.map((id) => ({ id, name: id })) }]
}

function useChoice(policy: Policy) {
  const { t } = useLingui()
  const { shown, chosen, error, save, discard } = usePolicyChoice(policy)
  const choose = (switches: SecondPersonSwitches) =>
    save({ fourEyes: { ...chosen.fourEyes, ...switches } }, () => {
      toast({ kind: 'success', id: 'policy', title: t`Saved who has to confirm` })
    })
  return { shown: shown.fourEyes, error, choose, again: () => choose({}), discard }
}

type Choice = ReturnType<typeof useChoice>

function AllOrNone({ choice }: { choice: Choice }) {
  const choose = (on: boolean) =>
    choice.choose(Object.fromEntries(secondPersonIds.map((id) => [id, on])))
  return (
    <div className="flex gap-2 pt-3">
      <Button size="sm" onClick={() => choose(true)}>
        <Trans>Choose all</Trans>
      </Button>
      <Button size="sm" onClick={() => choose(false)}>
        <Trans>Choose none</Trans>
      </Button>
    </div>
  )
}

export function SecondPersonCard({
  policy,
  isAdmin,
}: {
  policy: Policy
  isAdmin: boolean
}) {
  const { t } = useLingui()
  const groups = useGroups()
  const choice = useChoice(policy)
  const { data: session } = useQuery(sessionQuery)
  const { shown, choose } = choice
  const block = isAdmin ? null : t`Only admins can change this.`
  return (
    <Card title={t`Second person`}>
      <p className="pb-3 text-sm text-muted">
        <Trans>
          Vedette sends these actions only after another person has confirmed them within 15
          minutes. That person needs the role for the action. An admin can change this list
          alone, and the audit log shows it.
        </Trans>
      </p>
      <NotSaved {...choice} />
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {groups.map(({ title, actions }) => (
          <fieldset key={title} className="grid content-start gap-2">
            <legend className="pb-2 text-sm font-medium">{title}</legend>
            {actions.map(({ id, name }) => (
              <Checkbox
                key={id}
                label={name}
                checked={shown.includes(id)}
                disabledReason={block}
                onChange={({ target }) => choose({ [id]: target.checked })}
              />
            ))}
          </fieldset>
        ))}
      </div>
      {isAdmin && <AllOrNone choice={choice} />}
      {session?.signIn === 'demo' && (
        <p className="pt-3 text-sm text-muted">
          <Trans>
            The sandbox has one person only, so here you can confirm your own requests. With
            accounts, Vedette rejects that.
          </Trans>
        </p>
      )}
    </Card>
  )
}
