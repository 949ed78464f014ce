/** Shows the form in five short steps and a review, for people who have never used a server. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { Button } from '../../../ui/Button.tsx'
import { notTwice } from '../../../ui/first-press.ts'
import { guidedSteps, reviewStep, type GuidedStepId } from './guided-steps.ts'
import { Review } from './Review.tsx'
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
import { useCreateField } from './use-create-form.ts'

function Sections({ id }: { id: GuidedStepId }) {
  switch (id) {
    case 'place':
      return <NameZoneSection />
    case 'system':
      return <SystemSection />
    case 'size':
      return (
        <>
          <SizeSection />
          <DiskSection />
        </>
      )
    case 'access':
      return (
        <>
          <AccessSection />
          <NetworkSection />
        </>
      )
    case 'extras':
      return (
        <>
          <UserDataSection />
          <LabelsSection />
          <PlacementSection />
          <ExtrasSection />
        </>
      )
  }
}

function useStepWords(): { short: string; title: string; about: string }[] {
  const { t } = useLingui()
  return [
    {
      short: t`Name`,
      title: t`Name your instance and choose its zone`,
      about: t`An instance is a virtual machine that you pay for by the second. Give it a name that you’ll recognize, and choose the city closest to its users.`,
    },
    {
      short: t`Template`,
      title: t`Which template do you want to use?`,
      about: t`The template sets the operating system that the instance starts with. If you’re not sure, keep the selected one.`,
    },
    {
      short: t`Size`,
      title: t`Which size do you need?`,
      about: t`More memory and more cores handle more work and cost more. You can change the size later. You can also make the disk larger, but never smaller.`,
    },
    {
      short: t`Access`,
      title: t`Who can connect?`,
      about: t`An SSH key is a file on your computer that lets you log in without a password. Security groups control which connections from the internet are allowed.`,
    },
    {
      short: t`Extras`,
      title: t`Other options`,
      about: t`You can keep all of these defaults.`,
    },
    {
      short: t`Review`,
      title: t`Review your choices`,
      about: t`Nothing has been created yet. Billing starts when you create the instance.`,
    },
  ]
}

/** The focus moves to the title of a new step, so that people read on from there. */
function StepTitle({ focused, children }: { focused: boolean; children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (focused) heading.current?.focus()
  }, [focused])
  return (
    <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
      {children}
    </h2>
  )
}

type GuidedProps = {
  step: number
  pending: boolean
  onStep: (step: number) => void
}

export function Guided({ step, pending, onStep }: GuidedProps) {
  const { t } = useLingui()
  const words = useStepWords()
  const count = useCreateField('count').value
  const [opened] = useState(step)
  const [moved, setMoved] = useState(false)
  if (step !== opened && !moved) setMoved(true)
  const { title, about } = words[step - 1] ?? { title: '', about: '' }
  const current = guidedSteps[step - 1]
  const total = guidedSteps.length
  return (
    <div className="grid min-w-0 gap-4">
      <nav aria-label={t`Steps`}>
        <ol className="flex flex-wrap gap-1">
          {words.map(({ short }, index) => {
            const at = index + 1
            return (
              <li key={short}>
                <button
                  type="button"
                  aria-current={at === step ? 'step' : undefined}
                  // Later steps are reached only through Next, which checks the fields.
                  aria-disabled={at > step || undefined}
                  onClick={() => at < step && onStep(at)}
                  className="inline-flex min-h-7 items-center gap-1.5 rounded-md border border-transparent px-2.5 text-sm text-muted aria-[current=step]:border-control aria-[current=step]:bg-selected aria-[current=step]:font-medium aria-[current=step]:text-text not-aria-disabled:hover:bg-hover pointer-coarse:min-h-11 forced-colors:aria-[current=step]:border-[Highlight]"
                >
                  {at < step && <Check size={14} aria-label={t`Done`} />}
                  {at <= total && <span className="tabular-nums">{at}</span>}
                  {short}
                </button>
              </li>
            )
          })}
        </ol>
      </nav>
      <div className="grid gap-1">
        <StepTitle key={step} focused={moved}>
          {title}
        </StepTitle>
        <p className="max-w-prose text-sm text-muted">{about}</p>
      </div>
      {current ? <Sections id={current.id} /> : <Review onStep={onStep} />}
      <div className="flex flex-wrap items-center gap-2">
        {step > 1 && (
          <Button onClick={() => onStep(step - 1)}>
            <Trans>Back</Trans>
          </Button>
        )}
        {step === reviewStep ? (
          // It is where Next was, and a double click there must not create anything.
          <Button type="submit" variant="primary" pending={pending} onClick={notTwice}>
            {count > 1 ? (
              <Plural value={count} one="Create # instance" other="Create # instances" />
            ) : (
              <Trans>Create instance</Trans>
            )}
          </Button>
        ) : (
          <Button type="submit" variant="primary" pending={pending}>
            <Trans>Next</Trans>
          </Button>
        )}
        <span className="text-sm text-muted tabular-nums">
          {step <= total && (
            <Trans>
              Step {step} of {total}
            </Trans>
          )}
        </span>
      </div>
    </div>
  )
}
