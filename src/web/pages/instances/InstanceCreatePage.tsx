import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSearchParams } from 'react-router'

import { useInventory } from '../../api/inventory.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CreateForm } from './create/CreateForm.tsx'
import { readDraft, readLastZone } from './create/draft.ts'
import { initialValues } from './create/initial-values.ts'

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
  return (
    <>
      <title>{t`New instance · Vedette`}</title>
      <h1 className="text-xl font-semibold">
        <Trans>New instance</Trans>
      </h1>
      {loaded && zones.length > 0 ? (
        <Form zones={zones.map(({ zone }) => zone)} />
      ) : (
        <Skeleton className="h-96" />
      )}
    </>
  )
}
