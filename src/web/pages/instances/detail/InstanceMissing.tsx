import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { isId } from '#contract/endpoints.ts'
import type { Instance } from '#contract/types.ts'

import { problemOf } from '../../../api/client.ts'
import { useZoneHealth } from '../../../api/inventory.ts'
import { findQuery } from '../../../api/queries.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { zoneCity } from '../../../components/zone-city.ts'
import { buttonClass } from '../../../ui/button-class.ts'
import { Button } from '../../../ui/Button.tsx'
import { NoMatch } from '../../../ui/drawings/NoMatch.tsx'
import { ZoneDark } from '../../../ui/drawings/ZoneDark.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'

function Page(props: {
  title: string
  drawing: ReactNode
  text: string
  action: ReactNode
  children?: ReactNode
}) {
  const { title, drawing, text, action, children } = props
  return (
    <>
      <title>{`${title} · Vedette`}</title>
      <h1 className="flex min-h-control min-w-0 items-center text-xl font-semibold">
        <span className="min-w-0 break-words">{title}</span>
      </h1>
      <EmptyState drawing={drawing} title={text} action={action}>
        {children}
      </EmptyState>
    </>
  )
}

function ToList({ primary = true }: { primary?: boolean }) {
  return (
    <Link
      to="/instances"
      className={buttonClass({ variant: primary ? 'primary' : 'secondary' })}
    >
      <Trans>Go to instances</Trans>
    </Link>
  )
}

/** The most common mistake: the right id with another zone in the address. */
function Elsewhere({ zone, id }: { zone: string; id: string }) {
  const { t } = useLingui()
  const { data, isPending } = useQuery({ ...findQuery(id), enabled: isId(id) })
  const city = zoneCity(zone)
  const title = t`Instance not found in ${city}`
  const searching = isPending && isId(id)
  const found = data && data.zone !== zone ? zoneCity(data.zone) : undefined
  return (
    <Page
      title={title}
      drawing={<NoMatch />}
      text={
        found
          ? t`An instance with this ID is in ${found}.`
          : searching
            ? t`Searching the other zones…`
            : t`No zone has an instance with this ID. It may have been deleted.`
      }
      action={
        found ? (
          <>
            <Link
              to={`/instances/${data?.zone}/${id}`}
              className={buttonClass({ variant: 'primary' })}
            >
              {t`Go to instance in ${found}`}
            </Link>
            <ToList primary={false} />
          </>
        ) : searching ? (
          <Spinner size={20} />
        ) : (
          <ToList />
        )
      }
    >
      <code translate="no" className="break-all">
        {id}
      </code>
    </Page>
  )
}

/** Nothing to show at this address: the instance was deleted, is elsewhere, or can't be loaded. */
export function InstanceMissing({
  zone,
  id,
  last,
  error,
}: {
  zone: string
  id: string
  last: Instance | undefined
  error: Error | null
}) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const health = useZoneHealth(zone)
  const problem = error ? problemOf(error) : undefined
  const city = zoneCity(zone)
  if (last && problem?.status === 404) {
    const name = last.name ?? id
    return (
      <Page
        title={name}
        drawing={<NoMatch />}
        text={t`${name} was deleted`}
        action={<ToList />}
      >
        <Trans>The disk and all data on it were deleted too.</Trans>
      </Page>
    )
  }
  if (!problem || problem.status === 404 || !isId(id) || !health)
    return <Elsewhere zone={zone} id={id} />
  return (
    <Page
      title={t`Can’t load this instance`}
      drawing={<ZoneDark />}
      text={t`${city} didn’t return any details. Try again in a moment.`}
      action={
        <>
          <Button
            variant="primary"
            onClick={() => void queries.invalidateQueries({ queryKey: ['zone', zone] })}
          >
            <Trans>Retry</Trans>
          </Button>
          <ToList primary={false} />
        </>
      }
    >
      <ProblemNotice problem={problem} />
    </Page>
  )
}
