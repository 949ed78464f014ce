/** Shows what each role may do; admins change it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { roles } from '#contract/endpoints.ts'

import { policyQuery } from '../../api/policy.ts'
import { sessionQuery } from '../../api/queries.ts'
import { useRoleAbout, useRoleNames } from '../../components/people/role-words.ts'
import { ReadProblem } from '../../components/reading/ReadProblem.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Card } from '../../ui/Card.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { KeyValue, Pair } from '../../ui/KeyValue.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { PeopleTabs } from './PeopleTabs.tsx'
import { ScreenRightsCard } from './ScreenRightsCard.tsx'
import { SecondPersonCard } from './SecondPersonCard.tsx'

function RolesCard() {
  const { t } = useLingui()
  const names = useRoleNames()
  const about = useRoleAbout()
  return (
    <Card title={t`Roles`}>
      <KeyValue>
        {roles.map((role) => (
          <Pair key={role} label={names[role]}>
            {about[role]}
          </Pair>
        ))}
      </KeyValue>
    </Card>
  )
}

function Content({ isAdmin }: { isAdmin: boolean }) {
  const query = useQuery(policyQuery)
  const { data: policy } = query
  return (
    <div className="grid max-w-184 gap-4">
      {!isAdmin && (
        <Banner kind="info">
          <Trans>Only admins can change what a role may do.</Trans>
        </Banner>
      )}
      <RolesCard />
      {policy ? (
        <>
          <ScreenRightsCard {...{ policy, isAdmin }} />
          <SecondPersonCard {...{ policy, isAdmin }} />
        </>
      ) : (
        <ReadProblem query={query} waiting={<Skeleton className="h-96" />} />
      )}
    </div>
  )
}

export function RolesPage() {
  const { t } = useLingui()
  const { data: session } = useQuery(sessionQuery)
  return (
    <>
      <title>{t`Roles · Vedette`}</title>
      <PeopleTabs />
      {session?.signIn === 'off' ? (
        <EmptyState title={t`Everyone is an admin`}>
          <Trans>
            This Vedette has no sign-in, so roles have no effect. Set SIGN_IN to local to
            give everyone an account and a role.
          </Trans>
        </EmptyState>
      ) : (
        session && <Content isAdmin={session.person.role === 'admin'} />
      )}
    </>
  )
}
