/** The people as a table, and as cards where a table has no room. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import {
  Ellipsis,
  KeyRound,
  Pencil,
  ScanEye,
  ShieldUser,
  Trash2,
  UserRoundCheck,
  UserRoundX,
} from 'lucide-react'

import type { PersonRow } from '#contract/people/people.ts'

import { problemOf } from '../../api/client.ts'
import { changePerson } from '../../api/people.ts'
import { sessionQuery } from '../../api/queries.ts'
import { formatRelative } from '../../components/format.ts'
import { useAreaWords } from '../../components/people/area-words.ts'
import { useRoleNames } from '../../components/people/role-words.ts'
import { ProblemText } from '../../components/ProblemText.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { toast } from '../../ui/toast.ts'
import { useMediaQuery } from '../../ui/use-media-query.ts'
import { useReadAgain } from './InviteDialogs.tsx'

export type PersonQuestion = 'role' | 'area' | 'rename' | 'link' | 'disable' | 'delete'
export type Ask = (question: PersonQuestion, person: PersonRow) => void

function PersonState({ person: { disabled, joined } }: { person: PersonRow }) {
  if (disabled)
    return (
      <Badge tone="stopped">
        <Trans context="person">Disabled</Trans>
      </Badge>
    )
  if (!joined)
    return (
      <Badge tone="warning">
        <Trans>Invited</Trans>
      </Badge>
    )
  return (
    <Badge tone="running">
      <Trans context="person">Active</Trans>
    </Badge>
  )
}

function PersonName({ person }: { person: PersonRow }) {
  const { data: session } = useQuery(sessionQuery)
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2 font-medium">
      <bdi translate="no" className="min-w-0 [overflow-wrap:anywhere]">
        {person.name}
      </bdi>
      {person.provider !== undefined && (
        <Badge>
          <span className="sr-only">
            <Trans>Signs in with</Trans>{' '}
          </span>
          <span translate="no">{person.provider}</span>
        </Badge>
      )}
      {session?.person.id === person.id && (
        <Badge tone="accent">
          <Trans>You</Trans>
        </Badge>
      )}
    </span>
  )
}

/** What a person is limited to, if anything. */
function AreaLine({ person }: { person: PersonRow }) {
  const words = useAreaWords()(person)
  if (words === undefined) return null
  return <span className="block text-xs text-muted [overflow-wrap:anywhere]">{words}</span>
}

function PersonMenu({ person, onAsk }: { person: PersonRow; onAsk: Ask }) {
  const { t } = useLingui()
  const readAgain = useReadAgain()
  const { id, name, role, disabled, joined, provider } = person
  const isOwn = provider === undefined
  const enable = useMutation({
    mutationFn: () => changePerson(id, { disabled: false }),
    onSettled: readAgain,
    onError: (error) =>
      toast({
        kind: 'error',
        title: t`Couldn’t enable ${name}`,
        body: <ProblemText problems={[problemOf(error)]} />,
      }),
  })
  return (
    <MenuButton
      label={t`More actions for ${name}`}
      icon={<Ellipsis />}
      variant="ghost"
      size="sm"
      items={() => [
        {
          label: t`Change role…`,
          icon: <ShieldUser />,
          disabledReason: isOwn ? null : t`The role comes from groups in ${provider}.`,
          onSelect: () => onAsk('role', person),
        },
        {
          label: t`Limit access…`,
          icon: <ScanEye />,
          disabledReason: role === 'admin' ? t`Admins can use everything.` : null,
          onSelect: () => onAsk('area', person),
        },
        {
          label: t`Rename…`,
          icon: <Pencil />,
          disabledReason: isOwn ? null : t`The name comes from ${provider}.`,
          onSelect: () => onAsk('rename', person),
        },
        {
          label: t`New link…`,
          icon: <KeyRound />,
          detail: joined ? t`To choose a new password` : t`Replaces the last link`,
          disabledReason: !isOwn
            ? t`${name} signs in with ${provider}.`
            : disabled
              ? t`Enable the account first.`
              : null,
          onSelect: () => onAsk('link', person),
        },
        { separator: true },
        disabled
          ? {
              label: t`Enable`,
              icon: <UserRoundCheck />,
              onSelect: () => enable.mutate(),
            }
          : {
              label: t`Disable…`,
              icon: <UserRoundX />,
              onSelect: () => onAsk('disable', person),
            },
        {
          label: t`Delete…`,
          icon: <Trash2 />,
          danger: true,
          onSelect: () => onAsk('delete', person),
        },
      ]}
    />
  )
}

type ListProps = { people: readonly PersonRow[]; now: number; onAsk: Ask }

function Cards({ people, now, onAsk }: ListProps) {
  const { t } = useLingui()
  const names = useRoleNames()
  return (
    <ul className="grid gap-2">
      {people.map((person) => {
        const seen = person.seenAt && formatRelative(person.seenAt, now)
        return (
          <li key={person.id} className="rounded-lg border bg-surface px-3 py-2 text-sm">
            <div className="flex items-center justify-between gap-2">
              <PersonName person={person} />
              <PersonMenu person={person} onAsk={onAsk} />
            </div>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
              {names[person.role]}
              <AreaLine person={person} />
              <PersonState person={person} />
              <span>{seen ? t`Last seen ${seen}` : t`Never signed in`}</span>
            </p>
          </li>
        )
      })}
    </ul>
  )
}

const cellClass = 'px-4 py-2 text-start align-middle'

function Table({ people, now, onAsk }: ListProps) {
  const { t } = useLingui()
  const names = useRoleNames()
  return (
    <div className="overflow-x-auto rounded-lg border bg-surface">
      <table className="w-full text-sm" aria-label={t`People`}>
        <thead className="border-b text-xs text-muted">
          <tr>
            <th scope="col" className={`${cellClass} font-medium`}>
              <Trans>Name</Trans>
            </th>
            <th scope="col" className={`${cellClass} w-48 font-medium`}>
              <Trans>Role</Trans>
            </th>
            <th scope="col" className={`${cellClass} w-32 font-medium`}>
              <Trans>State</Trans>
            </th>
            <th scope="col" className={`${cellClass} w-44 font-medium`}>
              <Trans>Last seen</Trans>
            </th>
            <th scope="col" className={`${cellClass} w-16`}>
              <span className="sr-only">
                <Trans>Actions</Trans>
              </span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-border">
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row" className={`${cellClass} font-normal`}>
                <PersonName person={person} />
              </th>
              <td className={cellClass}>
                {names[person.role]}
                <AreaLine person={person} />
              </td>
              <td className={cellClass}>
                <PersonState person={person} />
              </td>
              <td className={`${cellClass} text-muted`}>
                {person.seenAt ? formatRelative(person.seenAt, now) : t`Never`}
              </td>
              <td className={`${cellClass} text-end`}>
                <PersonMenu person={person} onAsk={onAsk} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function PeopleList(props: ListProps) {
  const narrow = useMediaQuery('(width < 40rem)')
  return narrow ? <Cards {...props} /> : <Table {...props} />
}
