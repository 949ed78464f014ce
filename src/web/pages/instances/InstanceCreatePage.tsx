import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'

import type { Timeline } from '#contract/timeline.ts'
import type { Instance } from '#contract/types.ts'

import { problemOf } from '../../api/client.ts'
import { answers, useInventory } from '../../api/inventory.ts'
import { readKept } from '../../api/kept.ts'
import { instanceQuery, timelineQuery } from '../../api/queries.ts'
import { formatList } from '../../components/format.ts'
import { useRoleBlock } from '../../components/people/role-block.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CreateForm, type FormStart } from './create/CreateForm.tsx'
import {
  draftName,
  draftNameOf,
  readDraft,
  readLastZone,
  type Draft,
} from './create/draft.ts'
import { useFieldNames } from './create/ErrorList.tsx'
import { initialValues } from './create/initial-values.ts'
import { fromLink } from './create/link.ts'
import { MadeInstances } from './create/MadeInstances.tsx'
import { valuesAgain } from './create/values-again.ts'
import { unknownOf, valuesLike } from './create/values-like.ts'
import { unpackUserData } from './user-data/encoding.ts'

/** What is kept of a form under a name; `round` counts how often the form was started over. */
function useKept(name: string, round: number) {
  const { data, isPending } = useQuery({
    queryKey: ['kept', name, round],
    queryFn: () => readKept(name),
    // The draft changes with every key: what an earlier visit read is old.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  return { isPending, at: data?.at, draft: readDraft(data?.value) }
}

/** A form that begins with what was kept of it. */
const startOf = (draft: Draft, name: string, at: number | undefined): FormStart => ({
  values: draft.values,
  draft: name,
  lostUserData: draft.hadUserData,
  ...(at === undefined ? {} : { keptAt: at }),
  ...(draft.key ? { key: draft.key } : {}),
})

const isLocked = (timeline: Timeline | undefined) => timeline?.protection.state === 'on'

/** Says which settings of the other instance the form couldn't take over. */
function UnknownNotice({ instance }: { instance: Instance }) {
  const fieldNames = useFieldNames()
  const unknown = unknownOf(instance)
  if (unknown.length === 0) return null
  const name = instance.name ?? instance.id
  const fields = formatList(unknown.map((field) => fieldNames[field]))
  return (
    <Banner kind="warning">
      <Trans>
        These settings of {name} are unknown, so the form has its usual values: {fields}.
      </Trans>
    </Banner>
  )
}

/** The form filled in like another instance: `?like=<zone>/<id>`. */
function FormLike({
  zone,
  id,
  round,
  onDiscard,
}: {
  zone: string
  id: string
  round: number
  onDiscard: () => void
}) {
  const { data, error } = useQuery(instanceQuery(zone, id))
  // Whether it is protected is only a help: the form doesn't wait for it for long.
  const timeline = useQuery({ ...timelineQuery(zone, id), retry: false })
  const userData = useQuery({
    queryKey: ['user-data', zone, id],
    queryFn: async () => (await unpackUserData(data?.['user-data'])) ?? '',
    enabled: data !== undefined,
    staleTime: 0,
    gcTime: 0,
  })
  const name = draftNameOf(id)
  const kept = useKept(name, round)
  const [start, setStart] = useState<FormStart>()
  // Once: later changes to the other instance must not change what is typed here.
  if (!start && kept.draft) setStart(startOf(kept.draft, name, kept.at))
  else if (!start && data && ![kept, timeline, userData].some((one) => one.isPending))
    setStart({
      values: {
        ...valuesLike(zone, data, userData.data),
        protect: isLocked(timeline.data),
      },
      draft: name,
    })
  if (start)
    return (
      <>
        {data && <UnknownNotice instance={data} />}
        <CreateForm start={start} onDiscard={onDiscard} />
      </>
    )
  if (error) return <ProblemNotice problem={problemOf(error)} />
  return <Skeleton className="h-96" />
}

/** The form filled in like a request that the zone didn't carry out: `?again=<chain>`. */
function FormAgain({
  id,
  round,
  onDiscard,
}: {
  id: string
  round: number
  onDiscard: () => void
}) {
  const name = draftNameOf(id)
  const kept = useKept(name, round)
  const chains = useInventory((state) => state.chains)
  const chain = chains.find((one) => one.id === id && one.endpoint === 'create-instance')
  const [start, setStart] = useState<FormStart>()
  if (!start && !kept.isPending) {
    if (kept.draft) setStart(startOf(kept.draft, name, kept.at))
    else if (chain) setStart({ values: valuesAgain(chain, chains), draft: name })
  }
  if (start) return <CreateForm start={start} onDiscard={onDiscard} />
  if (kept.isPending) return <Skeleton className="h-96" />
  return (
    <p className="text-sm text-muted">
      <Trans>The details of this request are no longer available.</Trans>
    </p>
  )
}

type FormProps = {
  zones: string[]
  /** Those of them that answer. */
  answering: string[]
  /** How often the form was started over: what was read before belongs to an earlier draft. */
  round: number
  onDiscard: () => void
}

function Form({ zones, answering, round, onDiscard }: FormProps) {
  const [search] = useSearchParams()
  const kept = useKept(draftName, round)
  const [start, setStart] = useState<FormStart>()
  // Once: from then on the form keeps its own values.
  if (!start && !kept.isPending) {
    const link = fromLink(search)
    // A link is a whole choice: what it omits isn't filled in from a draft.
    const draft = link ? undefined : kept.draft
    const lastZone = readLastZone()
    const values = {
      ...initialValues({ zones, answering, search, draft, lastZone }),
      ...link,
    }
    setStart(
      draft
        ? { ...startOf(draft, draftName, kept.at), values }
        : { values, draft: draftName },
    )
  }
  if (!start) return <Skeleton className="h-96" />
  return <CreateForm start={start} onDiscard={onDiscard} />
}

/** The page that creates an instance; the form appears once the zones are known. */
export function InstanceCreatePage() {
  const { t } = useLingui()
  const loaded = useInventory((state) => state.loaded)
  const zones = useInventory((state) => state.zones)
  const [search] = useSearchParams()
  const [zone, id] = (search.get('like') ?? '').split('/')
  const [round, setRound] = useState(0)
  const begin = () => setRound((before) => before + 1)
  const made = search.get('made')
  const again = search.get('again')
  const block = useRoleBlock()('create-instance')
  return (
    <>
      <title>{t`New instance · Vedette`}</title>
      <h1 className="flex min-h-control items-center text-xl font-semibold">
        <Trans>New instance</Trans>
      </h1>
      {block && !made ? (
        <EmptyState title={t`Your role doesn’t include new instances`}>{block}</EmptyState>
      ) : made && loaded ? (
        <MadeInstances batch={made} />
      ) : again && loaded ? (
        <FormAgain key={`${round} ${again}`} id={again} round={round} onDiscard={begin} />
      ) : zone && id ? (
        <FormLike
          key={`${round} ${zone} ${id}`}
          {...{ zone, id, round }}
          onDiscard={begin}
        />
      ) : loaded && zones.length > 0 ? (
        <Form
          key={round}
          round={round}
          zones={zones.map(({ zone: one }) => one)}
          answering={zones.filter(answers).map(({ zone: one }) => one)}
          onDiscard={begin}
        />
      ) : (
        <Skeleton className="h-96" />
      )}
    </>
  )
}
