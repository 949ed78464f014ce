/** Four screens: those that a person has chosen, else of running instances. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ListChecks } from 'lucide-react'
import { useMemo } from 'react'
import { Link } from 'react-router'

import { isRunning } from '#contract/lifecycle.ts'

import { problemOf } from '../../api/client.ts'
import { useInventory, type Row } from '../../api/inventory.ts'
import { useKeptKeys, type KeptKeys } from '../../api/use-kept-keys.ts'
import { compareText } from '../../components/format.ts'
import { stateKind } from '../../components/InstanceState.tsx'
import { useRoleBlock } from '../../components/people/role-block.ts'
import { ProblemText } from '../../components/ProblemText.tsx'
import {
  GlanceAge,
  GlancePicture,
  LookButton,
  useGlance,
} from '../../screen/glance/ScreenGlance.tsx'
import { ScreenLink } from '../../screen/ScreenLink.tsx'
import { Card } from '../../ui/Card.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { StateIcon } from '../../ui/StateIcon.tsx'
import { toast } from '../../ui/toast.ts'
import { useMediaQuery } from '../../ui/use-media-query.ts'

const screensMost = 4
const listedMost = 40
/** On a wide screen, the pictures are larger. */
const wide = '(width >= 120rem)'
/** What is pinned first, then what runs, by name. */
function chosen(rows: readonly Row[], pinned: readonly string[]): Row[] {
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const first = pinned.flatMap((key) => byKey.get(key) ?? [])
  const others = rows.filter(({ key, state }) => isRunning(state) && !pinned.includes(key))
  return [...first, ...others].slice(0, screensMost)
}

function Screen({ row }: { row: Row }) {
  const { t } = useLingui()
  const glance = useGlance(row, useMediaQuery(wide) ? 640 : 320)
  const title = row.name ?? row.id
  return (
    <li className="min-w-0 overflow-hidden rounded-md border">
      <p className="flex h-8 items-center gap-2 px-2.5 text-sm">
        <StateIcon state={stateKind(row)} />
        <bdi translate="no" className="min-w-0 grow truncate font-medium" title={title}>
          {title}
        </bdi>
        {glance.frame && (
          // On a phone the name needs the room.
          <span className="shrink-0 text-xs text-muted tabular-nums max-sm:hidden">
            <GlanceAge glance={glance} />
          </span>
        )}
      </p>
      <div className="relative flex aspect-16/10 items-center justify-center bg-black text-xs text-white">
        <GlancePicture glance={glance} />
        <ScreenLink
          row={row}
          className="absolute inset-0 focus-visible:outline-2 focus-visible:-outline-offset-3 focus-visible:outline-focus"
        >
          <span className="sr-only">{t`Open console of ${title}`}</span>
        </ScreenLink>
        <span className="absolute bottom-2 empty:hidden">
          <LookButton glance={glance} />
        </span>
      </div>
    </li>
  )
}

/** Lets a person choose which screens are shown. */
function Choose({
  rows,
  pinned,
  change,
}: { rows: readonly Row[]; pinned: readonly string[] } & Pick<KeptKeys, 'change'>) {
  const { t } = useLingui()
  const choose = (key: string) =>
    change((now) =>
      now.includes(key)
        ? now.filter((one) => one !== key)
        : [...now, key].slice(-screensMost),
    ).catch((error: unknown) => {
      const body = <ProblemText problems={[problemOf(error)]} />
      toast({ kind: 'error', title: t`Couldn’t save`, body })
    })
  /** When the menu opens: the pinned ones first, so that each of them can be removed. */
  const listed = () => {
    const isPinned = ({ key }: Row) => pinned.includes(key)
    return rows
      .filter((row) => isRunning(row.state) || isPinned(row))
      .toSorted(
        (a, b) =>
          Number(isPinned(b)) - Number(isPinned(a)) ||
          compareText(a.name ?? a.id, b.name ?? b.id),
      )
      .slice(0, listedMost)
  }
  return (
    <MenuButton
      label={t`Choose screens`}
      icon={<ListChecks />}
      variant="ghost"
      size="sm"
      items={() => [
        { heading: t`Screens on this page`, detail: t`Up to ${screensMost}` },
        ...listed().map((row) => ({
          label: row.name ?? row.id,
          checked: pinned.includes(row.key),
          onSelect: () => void choose(row.key),
        })),
      ]}
    />
  )
}

export function ScreensCard({ className }: { className: string }) {
  const { t } = useLingui()
  const rows = useInventory((state) => state.rows)
  const { keys, change } = useKeptKeys('overview-screens')
  const pinned = useMemo(() => keys ?? [], [keys])
  const block = useRoleBlock()('get-console-proxy-url')
  const all = useMemo(() => [...rows.values()], [rows])
  const shown = useMemo(() => chosen(all, pinned), [all, pinned])
  return (
    <Card
      className={className}
      title={<Trans>Live screens</Trans>}
      actions={
        <>
          {/* Nothing is written over what could not be read. */}
          {!block && keys && <Choose rows={all} {...{ pinned, change }} />}
          <Link to="/wall" className="ui-link text-sm">
            <Trans>Open wall</Trans>
          </Link>
        </>
      }
    >
      {block && <p className="text-sm text-muted">{block}</p>}
      {!block && shown.length === 0 && (
        <EmptyState title={t`No instance is running`} className="py-6!" />
      )}
      {!block && (
        <ul className="grid grid-cols-2 gap-3 xl:grid-cols-4 xl:gap-4 print:grid-cols-4">
          {shown.map((row) => (
            <Screen key={row.key} row={row} />
          ))}
        </ul>
      )}
    </Card>
  )
}
