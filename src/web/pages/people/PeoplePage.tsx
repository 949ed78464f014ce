/** Shows who may use Vedette and in which role; admins invite, change and remove people. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { UserRoundPlus } from 'lucide-react'
import { useState } from 'react'

import type { PersonRow } from '#contract/people/people.ts'

import { peopleQuery, signInWaysQuery } from '../../api/people.ts'
import { sessionQuery } from '../../api/queries.ts'
import { compareText } from '../../components/format.ts'
import { ListState } from '../../components/ListState.tsx'
import { useRoleNeed } from '../../components/people/role-block.ts'
import { useNow } from '../../hooks/use-now.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AreaDialog } from './AreaDialog.tsx'
import { InviteDialog, LinkDialog } from './InviteDialogs.tsx'
import { PeopleList, type PersonQuestion } from './PeopleList.tsx'
import { PeopleTabs } from './PeopleTabs.tsx'
import { DeleteDialog, DisableDialog, RenameDialog, RoleDialog } from './PersonDialogs.tsx'

const dialogs = {
  role: RoleDialog,
  area: AreaDialog,
  rename: RenameDialog,
  link: LinkDialog,
  disable: DisableDialog,
  delete: DeleteDialog,
} satisfies Record<PersonQuestion, unknown>

function InviteButton({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="primary" icon={<UserRoundPlus />} onClick={onClick}>
      <Trans>Invite person</Trans>
    </Button>
  )
}

function Content() {
  const { t } = useLingui()
  const now = useNow(true, 30_000)
  const query = useQuery({
    ...peopleQuery,
    select: (all) => all.toSorted((a, b) => compareText(a.name, b.name)),
  })
  const [inviting, setInviting] = useState(false)
  const [asked, setAsked] = useState<{ question: PersonQuestion; person: PersonRow }>()
  const Asked = asked && dialogs[asked.question]
  const provider = useQuery(signInWaysQuery).data?.provider?.name
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-80 text-sm text-muted">
          {provider === undefined ? (
            <Trans>Everyone who can sign in to this Vedette, and what they may do.</Trans>
          ) : (
            <Trans>
              Everyone with a password, and everyone who has signed in with {provider}. The
              groups in {provider} decide who else can sign in.
            </Trans>
          )}
        </p>
        <InviteButton onClick={() => setInviting(true)} />
      </div>
      <ListState query={query}>
        {(people) => (
          <>
            <PeopleList
              {...{ people, now }}
              onAsk={(question, person) => setAsked({ question, person })}
            />
            {people.length === 1 && (
              <EmptyState title={t`No one else yet`}>
                <Trans>Invite everyone who works with these instances.</Trans>
              </EmptyState>
            )}
          </>
        )}
      </ListState>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {asked && Asked && (
        <Asked person={asked.person} onClose={() => setAsked(undefined)} />
      )}
    </>
  )
}

/** What stands there instead of the list, for those who can't see it; null for admins with accounts. */
function useInstead(): { title: string; words: string } | null {
  const { t } = useLingui()
  const need = useRoleNeed()('admin')
  const { data: session } = useQuery(sessionQuery)
  if (session && session.signIn !== 'local')
    return {
      title: t`No accounts`,
      words: session.sandbox
        ? t`The sandbox signs everyone in as the same demo person.`
        : t`This Vedette has no sign-in. Set SIGN_IN to local to give everyone an account.`,
    }
  return need ? { title: t`Only admins manage accounts`, words: need } : null
}

export function PeoplePage() {
  const { t } = useLingui()
  const { isPending } = useQuery(sessionQuery)
  const instead = useInstead()
  return (
    <>
      <title>{t`People · Vedette`}</title>
      <PeopleTabs />
      {instead ? (
        <EmptyState title={instead.title}>{instead.words}</EmptyState>
      ) : (
        !isPending && <Content />
      )}
    </>
  )
}
