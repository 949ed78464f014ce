import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type RefObject } from 'react'
import { FormProvider, useWatch } from 'react-hook-form'
import { useSearchParams } from 'react-router'

import { Press, type RequestKey } from '../../../api/once.ts'
import { typesQuery } from '../../../api/queries.ts'
import { formatList } from '../../../components/format.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { SendProblem } from '../../../components/SendProblem.tsx'
import { zoneCity } from '../../../components/zone-city.ts'
import { useAddress } from '../../../hooks/use-address.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { KeyMaker } from './access/key-maker.ts'
import { MadeNotice } from './access/MadeNotice.tsx'
import { AccessForm } from './access/use-access.ts'
import { DraftBar } from './DraftBar.tsx'
import { ErrorList } from './ErrorList.tsx'
import { guidedSteps, readStep, reviewStep } from './guided-steps.ts'
import { Guided } from './Guided.tsx'
import { AccessSection } from './sections/AccessSection.tsx'
import { DiskSection } from './sections/DiskSection.tsx'
import { ExtrasSection } from './sections/ExtrasSection.tsx'
import { LabelsSection } from './sections/LabelsSection.tsx'
import { NameZoneSection } from './sections/NameZoneSection.tsx'
import { NetworkSection } from './sections/NetworkSection.tsx'
import { PlacementSection } from './sections/PlacementSection.tsx'
import { SizeSection } from './sections/SizeSection.tsx'
import { SystemSection } from './sections/SystemSection.tsx'
import { UserDataSection } from './sections/UserDataSection.tsx'
import { Segments } from './Segments.tsx'
import { madeBy, SentNotice } from './SentNotice.tsx'
import { SummaryCard } from './SummaryCard.tsx'
import { useTemplates } from './use-catalogue.ts'
import { useCreateForm } from './use-create-form.ts'
import { useCreate } from './use-create.ts'
import { useDraft } from './use-draft.ts'
import { useFirstMistake } from './use-first-mistake.ts'
import { useReconcile } from './use-reconcile.ts'
import { fieldOrder, type CreateValues } from './values.ts'

export type FormStart = {
  values: CreateValues
  /** The name that its draft is stored under. */
  draft: string
  /** When the draft that the form starts from was saved. */
  keptAt?: number
  /** The draft had user data, which is never saved. */
  lostUserData?: boolean
  /** The key of that draft. */
  key?: RequestKey
}

/** What this form sends. A reload of the tab, and the same draft in another tab, have the same key. */
function usePress(key: RequestKey | undefined): Press {
  const [search] = useSearchParams()
  const [press] = useState(() => {
    const asked = new URLSearchParams(search)
    for (const name of ['mode', 'step']) asked.delete(name)
    return new Press({ key, slot: `create ${asked}`.trim(), closes: true })
  })
  return press
}

/** All sections on one page, for the full mode. */
function AllSections() {
  return (
    <>
      <NameZoneSection />
      <SystemSection />
      <SizeSection />
      <DiskSection />
      <AccessSection />
      <NetworkSection />
      <PlacementSection />
      <UserDataSection />
      <LabelsSection />
      <ExtrasSection />
    </>
  )
}

type Mode = 'full' | 'guided'

/** The form's mode and step, which are in the address. */
function useMode() {
  const [search, setAddress] = useAddress()
  const guided = search.get('mode') === 'guided'
  const step = readStep(search.get('step'))
  const go = (changes: Record<string, string | null>, replace: boolean) =>
    setAddress(
      (next) => {
        for (const [name, value] of Object.entries(changes)) {
          if (value === null) next.delete(name)
          else next.set(name, value)
        }
        return next
      },
      { replace, preventScrollReset: true },
    )
  return {
    guided,
    step,
    setStep: (to: number) => go({ step: String(to) }, false),
    setMode: (mode: Mode) =>
      go({ mode: mode === 'guided' ? mode : null, step: null }, true),
  }
}

/** Above the form: its layout, and its draft. */
function FormHead({
  guided,
  onMode,
  draft,
  onDiscard,
}: {
  guided: boolean
  onMode: (mode: Mode) => void
  draft: ReturnType<typeof useDraft>
  onDiscard: () => void
}) {
  const { t } = useLingui()
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <Segments
        label={t`Form layout`}
        value={guided ? 'guided' : 'full'}
        onChange={onMode}
        options={[
          { value: 'full', label: t`All options` },
          { value: 'guided', label: t`Guided` },
        ]}
      />
      <DraftBar draft={draft} onDiscard={onDiscard} />
    </div>
  )
}

/** Says which choices the form could not keep: user data of a draft, and what the zone doesn't have. */
function DroppedChoices({
  lostUserData,
  zone,
  dropped,
  onForget,
}: {
  lostUserData: boolean
  zone: string
  dropped: string[]
  onForget: () => void
}) {
  const [lost, setLost] = useState(lostUserData)
  const city = zoneCity(zone)
  const names = formatList(dropped)
  return (
    <>
      {lost && (
        <Banner kind="info" onDismiss={() => setLost(false)}>
          <Trans>
            This draft included user data. Vedette doesn’t save user data in drafts because
            it may contain secrets. Enter it again.
          </Trans>
        </Banner>
      )}
      {dropped.length > 0 && (
        <Banner kind="info" onDismiss={onForget}>
          <Trans>
            These choices aren’t available in {city} and were removed: {names}.
          </Trans>
        </Banner>
      )}
    </>
  )
}

type SendNoticesProps = ReturnType<typeof useCreate> & {
  press: Press
  notice: RefObject<HTMLDivElement | null>
  onAgain: () => void
}

/** Says why the form was not sent, or that another tab or an earlier press sent it already. */
function SendNotices(props: SendNoticesProps) {
  const { press, sending, problem, idle, failed, made, notice, onAgain } = props
  return (
    <>
      {problem && (
        <div ref={notice} tabIndex={-1} className="grid gap-2">
          <MadeNotice {...{ failed, made }} />
          {sending.sendAgain ? (
            <SendProblem sending={sending} seeAt={madeBy(press)} />
          ) : (
            <ProblemNotice problem={problem} />
          )}
        </div>
      )}
      {idle && (
        <SentNotice
          press={press}
          onAgain={() => {
            press.renew()
            onAgain()
          }}
        />
      )}
    </>
  )
}

/** The summary beside the form; narrow windows have no room for it in the guided mode. */
function SideSummary(props: { pending: boolean; guided: boolean }) {
  return (
    <div
      className={props.guided ? 'max-lg:hidden lg:sticky lg:top-4' : 'lg:sticky lg:top-4'}
    >
      <SummaryCard {...props} />
    </div>
  )
}

/** The layout and the new key, for the sections and for what is sent. */
function useAccessForm(guided: boolean) {
  const [maker] = useState(() => new KeyMaker())
  return useMemo(() => ({ guided, maker }), [guided, maker])
}

type CreateFormProps = {
  start: FormStart
  onDiscard: () => void
}

/** The form: its sections, its errors, and its summary with the button. */
export function CreateForm({ start, onDiscard }: CreateFormProps) {
  const mode = useMode()
  const { guided, step, setStep } = mode
  const access = useAccessForm(guided)
  const form = useCreateForm(start.values, access)
  const press = usePress(start.key)
  const draft = useDraft(form, press, { name: start.draft, at: start.keptAt })
  const zone = useWatch({ control: form.control, name: 'zone' })
  const { dropped, forget } = useReconcile(form, zone)
  const { open, own } = useTemplates(zone)
  const types = useQuery(typesQuery(zone))
  // Until these lists are loaded nothing is selected, so that every field would be an error.
  const waiting = open.isPending || own.isPending || types.isPending
  const { notice, toFirst, forget: forgetMistake } = useFirstMistake(mode)
  const creating = useCreate(form, { press, ...access }, toFirst, () => void draft.drop())
  const { sending } = creating
  const pending = waiting || sending.isPending

  const submit = form.handleSubmit(sending.mutate, (errors) =>
    toFirst(fieldOrder.filter((field) => field in errors)),
  )
  const next = async () => {
    const fields = [...(guidedSteps[step - 1]?.fields ?? [])]
    forgetMistake()
    if (await form.trigger(fields)) setStep(step + 1)
    else toFirst(fields.filter((field) => form.getFieldState(field).error))
  }
  const reviewing = guided && step === reviewStep
  // The first step, a name and a zone, needs none of them.
  const mayGoOn = !waiting || (guided && guidedSteps[step - 1]?.id === 'place')
  return (
    <AccessForm value={access}>
      <FormProvider {...form}>
        <FormHead
          {...{ guided, draft }}
          onMode={mode.setMode}
          onDiscard={() => {
            press.forget()
            onDiscard()
          }}
        />
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (!mayGoOn) return
            if (guided && !reviewing) void next()
            else void submit(event)
          }}
          className={`grid items-start gap-4 ${reviewing ? 'max-w-184' : 'lg:grid-cols-[minmax(0,1fr)_20rem]'}`}
        >
          <div className="grid min-w-0 gap-4">
            <SendNotices
              {...creating}
              {...{ press, notice }}
              onAgain={() => void submit()}
            />
            {!guided && <ErrorList />}
            <DroppedChoices
              lostUserData={start.lostUserData === true}
              {...{ zone, dropped }}
              onForget={forget}
            />
            {guided ? (
              <Guided
                step={step}
                pending={!mayGoOn || sending.isPending}
                onStep={(to) => {
                  forgetMistake()
                  setStep(to)
                }}
              />
            ) : (
              <AllSections />
            )}
          </div>
          {!reviewing && <SideSummary {...{ pending, guided }} />}
        </form>
      </FormProvider>
    </AccessForm>
  )
}
