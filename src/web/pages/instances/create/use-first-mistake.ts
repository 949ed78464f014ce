import { useEffect, useRef, useState } from 'react'

import { stepOf } from './guided-steps.ts'
import { fieldOrder, focusField, type CreateField } from './values.ts'

type Mode = { guided: boolean; step: number; setStep: (step: number) => void }

/**
 * Moves the focus to the first wrong field, in the guided mode after opening its step. A mistake
 * that belongs to no field is in the notice, which gets the focus instead.
 */
export function useFirstMistake({ guided, step, setStep }: Mode) {
  const [goTo, setGoTo] = useState<{ field: CreateField | undefined }>()
  const notice = useRef<HTMLDivElement>(null)
  const isOpen = !guided || !goTo?.field || stepOf(goTo.field) === step

  // An effect, because `focusField` finds a control by the error that is rendered on it.
  useEffect(() => {
    if (!isOpen) return
    if (goTo?.field) focusField(goTo.field)
    else if (goTo) notice.current?.focus()
  }, [goTo, isOpen])

  const toFirst = (fields: CreateField[]) => {
    const field = fieldOrder.find((one) => fields.includes(one))
    if (guided && field && stepOf(field) !== step) setStep(stepOf(field))
    setGoTo({ field })
  }
  return { notice, toFirst, forget: () => setGoTo(undefined) }
}
