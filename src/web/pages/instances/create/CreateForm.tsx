import { Trans } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { FormProvider, useWatch } from 'react-hook-form'

import { zoneCity } from '#contract/zones.ts'

import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { Banner } from '../../../ui/Banner.tsx'
import { ErrorList } from './ErrorList.tsx'
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
import { SummaryCard } from './SummaryCard.tsx'
import { useCreateForm } from './use-create-form.ts'
import { useCreate } from './use-create.ts'
import { useReconcile } from './use-reconcile.ts'
import { fieldOrder, focusField, type CreateField, type CreateValues } from './values.ts'

/** The form itself: its sections, what is wrong with it, and its summary with the button. */
export function CreateForm({ initial }: { initial: CreateValues }) {
  const form = useCreateForm(initial)
  const zone = useWatch({ control: form.control, name: 'zone' })
  const { dropped, forget } = useReconcile(form, zone)
  const [goTo, setGoTo] = useState<{ field: CreateField | undefined }>()
  const notice = useRef<HTMLDivElement>(null)
  const toFirst = (fields: CreateField[]) => {
    setGoTo({ field: fieldOrder.find((one) => fields.includes(one)) })
  }
  const { send, problem, pending } = useCreate(form, toFirst)

  // After the mistakes are drawn: a control is found by what it says of itself.
  useEffect(() => {
    if (goTo?.field) focusField(goTo.field)
    else if (goTo) notice.current?.focus()
  }, [goTo])

  const submit = form.handleSubmit(send, (errors) =>
    toFirst(fieldOrder.filter((field) => field in errors)),
  )
  const city = zoneCity(zone)
  const names = dropped.join(', ')
  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={(event) => void submit(event)}
        className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]"
      >
        <div className="grid min-w-0 gap-4">
          {problem && (
            <div ref={notice} tabIndex={-1}>
              <ProblemNotice problem={problem} />
            </div>
          )}
          <ErrorList />
          {dropped.length > 0 && (
            <Banner kind="info" onDismiss={forget}>
              <Trans>
                Not to be had in {city}, so no longer chosen: {names}.
              </Trans>
            </Banner>
          )}
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
        </div>
        <div className="lg:sticky lg:top-4">
          <SummaryCard pending={pending} />
        </div>
      </form>
    </FormProvider>
  )
}
