/** The menu of who is signed in; in the sandbox it chooses in which role one sees Vedette. */
import { useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleUserRound, LogOut, Settings, UsersRound } from 'lucide-react'
import { Link } from 'react-router'

import { roles } from '#contract/endpoints.ts'
import type { Session } from '#contract/people/session.ts'

import { problemOf } from '../api/client.ts'
import { sessionQuery } from '../api/queries.ts'
import { useAreaWords } from '../components/people/area-words.ts'
import { useRoleAbout, useRoleNames } from '../components/people/role-words.ts'
import { ProblemText } from '../components/ProblemText.tsx'
import type { MenuEntry } from '../ui/menu-entry.ts'
import { MenuButton } from '../ui/MenuButton.tsx'
import { toast } from '../ui/toast.ts'

// Only a press needs these.
const loadPeople = () => import('../api/people.ts')

function useAccountItems(): (session: Session) => MenuEntry[] {
  const { t } = useLingui()
  const queries = useQueryClient()
  const names = useRoleNames()
  const about = useRoleAbout()
  const areaWords = useAreaWords()
  const failed = (title: string) => (error: unknown) => {
    toast({ kind: 'error', title, body: <ProblemText problems={[problemOf(error)]} /> })
  }
  const seeAs = async (role: (typeof roles)[number]) => {
    const { chooseDemoRole } = await loadPeople()
    queries.setQueryData(sessionQuery.queryKey, await chooseDemoRole(role))
    // Pages know the role first, so that none asks for what it isn't shown anymore.
    await new Promise((resolve) => setTimeout(resolve))
    await queries.invalidateQueries()
  }
  const leave = async (atProvider: boolean) => {
    const { signOut } = await loadPeople()
    const out = await signOut(atProvider ? { atProvider } : {})
    // A page that is loaded anew has nothing of this person.
    location.assign(out?.next ?? '/sign-in')
  }
  const leaving = (atProvider: boolean) => () =>
    void leave(atProvider).catch(failed(t`Couldn’t sign out`))
  return ({ person, signIn, endsAtProvider }) => {
    const { name, role, provider } = person
    const limits = areaWords(person)
    const who = { heading: name, detail: names[role] }
    if (signIn === 'demo')
      return [
        who,
        { separator: true },
        {
          choice: t`See Vedette as`,
          value: role,
          options: roles.map((one) => ({
            value: one,
            label: names[one],
            detail: about[one],
          })),
          onChoose: (value) => {
            const chosen = roles.find((one) => one === value)
            if (chosen) seeAs(chosen).catch(failed(t`Couldn’t change the role`))
          },
        },
        { separator: true },
        { label: t`Roles`, icon: <UsersRound />, render: <Link to="/people/roles" /> },
      ]
    return [
      who,
      ...(limits === undefined
        ? []
        : [{ heading: t`Limited by an admin`, detail: limits }]),
      { separator: true },
      { label: t`Your account`, icon: <Settings />, render: <Link to="/settings" /> },
      ...(role === 'admin'
        ? [{ label: t`People`, icon: <UsersRound />, render: <Link to="/people" /> }]
        : []),
      { separator: true },
      { label: t`Sign out`, icon: <LogOut />, onSelect: leaving(false) },
      ...(endsAtProvider && provider !== undefined
        ? [
            {
              label: t`Sign out of ${provider} too`,
              icon: <LogOut />,
              onSelect: leaving(true),
            },
          ]
        : []),
    ]
  }
}

export function AccountMenu() {
  const { t } = useLingui()
  const { data: session } = useQuery(sessionQuery)
  const itemsOf = useAccountItems()
  if (!session || session.signIn === 'off') return null
  const { name } = session.person
  return (
    <MenuButton
      label={t`Account: ${name}`}
      icon={<CircleUserRound />}
      variant="ghost"
      items={() => itemsOf(session)}
    />
  )
}
