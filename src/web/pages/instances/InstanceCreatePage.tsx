import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'

import { problemOf } from '../../api/client.ts'
import { useInventory } from '../../api/inventory.ts'
import { instanceQuery } from '../../api/queries.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CreateForm } from './create/CreateForm.tsx'
import { readDraft, readLastZone } from './create/draft.ts'
import { initialValues } from './create/initial-values.ts'
import { valuesLike } from './create/values-like.ts'
import type { CreateValues } from './create/values.ts'

/** Filled in as another instance was made: `?like=<zone>/<id>`. */
function FormLike({ zone, id }: { zone: string; id: string }) {
  const { data, error } = useQuery(instanceQuery(zone, id))
  const [initial, setInitial] = useState<CreateValues>()
  // Once: what the feed tells of the other afterwards must not change what is typed here.
  if (data && !initial) setInitial(valuesLike(zone, data))
  if (initial) return <CreateForm initial={initial} />
  if (error) return <ProblemNotice problem={problemOf(error)} />
  return <Skeleton className="h-96" />
}

function Form({ zones }: { zones: string[] }) {
  const [search] = useSearchParams()
  // Once: afterwards the form is its own truth.
  const [initial] = useState(() =>
    initialValues({
      zones,
      search,
      draft: readDraft(sessionStorage),
      lastZone: readLastZone(localStorage),
    }),
  )
  return <CreateForm initial={initial} />
}

/** Everything a new instance can be given, on one page; it waits for the zones to be known. */
export function InstanceCreatePage() {
  const { t } = useLingui()
  const loaded = useInventory((state) => state.loaded)
  const zones = useInventory((state) => state.zones)
  const [search] = useSearchParams()
  const [zone, id] = (search.get('like') ?? '').split('/')
  return (
    <>
      <title>{t`New instance · Vedette`}</title>
      <h1 className="text-xl font-semibold">
        <Trans>New instance</Trans>
      </h1>
      {zone && id ? (
        <FormLike zone={zone} id={id} />
      ) : loaded && zones.length > 0 ? (
        <Form zones={zones.map(({ zone: one }) => one)} />
      ) : (
        <Skeleton className="h-96" />
      )}
    </>
  )
}
