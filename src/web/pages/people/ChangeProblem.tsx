/** Why a change of a person wasn't saved; after another admin's change, with how the person is now. */
import { Trans, useLingui } from '@lingui/react/macro'

import type { PersonRow } from '#contract/people/people.ts'

import { problemOf } from '../../api/client.ts'
import { useAreaWords } from '../../components/people/area-words.ts'
import { PeopleProblem } from '../../components/people/PeopleProblem.tsx'
import { useRoleNames } from '../../components/people/role-words.ts'
import { Banner } from '../../ui/Banner.tsx'

function Now({ person }: { person: PersonRow }) {
  const { t } = useLingui()
  const role = useRoleNames()[person.role]
  const area = useAreaWords()(person) ?? t`All zones and instances`
  const { name } = person
  return (
    <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      <dt className="text-muted">
        <Trans>Name</Trans>
      </dt>
      <dd translate="no" className="[overflow-wrap:anywhere]">
        {name}
      </dd>
      <dt className="text-muted">
        <Trans>Role</Trans>
      </dt>
      <dd>{role}</dd>
      <dt className="text-muted">
        <Trans context="person">Access</Trans>
      </dt>
      <dd className="[overflow-wrap:anywhere]">{area}</dd>
      {person.disabled && (
        <>
          <dt className="text-muted">
            <Trans>State</Trans>
          </dt>
          <dd>
            <Trans context="person">Disabled</Trans>
          </dd>
        </>
      )}
    </dl>
  )
}

export function ChangeProblem({
  change: { error, seen },
}: {
  change: { error: Error | null; seen: PersonRow }
}) {
  const { t } = useLingui()
  if (!error) return null
  const problem = problemOf(error)
  if (problem.code !== 'changed') return <PeopleProblem problem={problem} />
  const { name } = seen
  return (
    <Banner kind="error" title={t`Someone else has changed ${name}`}>
      <Trans>
        Nothing was saved, and your choice is still here. Compare it with the current
        values, then save again.
      </Trans>
      <Now person={seen} />
    </Banner>
  )
}
