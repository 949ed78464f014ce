/** Plans a text before it is typed: what is skipped or replaced, and about how long it takes. */
import { eventCount } from './chunks.ts'
import { usualRun } from './pace.ts'
import { normalise, planText, type Method, type Plan } from './plan.ts'

export type Wishes = { enter: boolean; spaces: boolean; slow: boolean; instead: string }

export const noWishes: Wishes = { enter: false, spaces: false, slow: false, instead: '' }

export type PreparedText = {
  text: string
  /** Before anything that can't be typed is replaced. */
  first: Plan
  plan: Plan
  seconds: number
}

const eventMs = 10
const slowEventMs = 40

/** Replaces what can't be typed; a control character takes no space, so it is dropped. */
function replaceSkipped(text: string, { skipped }: Plan, instead: string): string {
  const characters = [...text]
  for (const { at, control } of skipped) if (!control) characters[at] = instead
  return characters.join('')
}

export function prepareText(text: string, wishes: Wishes, method: Method): PreparedText {
  const normal = normalise(text, wishes.enter)
  const wanted = wishes.spaces ? normal.replaceAll('\t', '    ') : normal
  const first = planText(wanted, method)
  const plan = wishes.instead
    ? planText(replaceSkipped(wanted, first, wishes.instead), method)
    : first
  const ms = eventCount(plan.units, usualRun) * (wishes.slow ? slowEventMs : eventMs)
  return { text: wanted, first, plan, seconds: ms / 1_000 }
}
