/** Stores the chosen keyboard layout of each instance in this browser. */
import type { Guest } from './layout.ts'
import { layoutNames, loadLayout, type LayoutName } from './layouts-known.ts'
import type { Method } from './plan.ts'

export type LayoutChoice = LayoutName | 'any' | 'any-fast' | 'characters'

const choices: readonly string[] = [...layoutNames, 'any', 'any-fast', 'characters']

const keyOf = (id: string) => `vedette:layout:${id}`

/** The stored layout, else the one that nearly all templates have. */
export function rememberedChoice(id: string): LayoutChoice {
  try {
    const value = localStorage.getItem(keyOf(id)) ?? ''
    return choices.includes(value) ? (value as LayoutChoice) : 'us' // one of them
  } catch {
    return 'us'
  }
}

export function rememberChoice(id: string, choice: LayoutChoice): void {
  try {
    localStorage.setItem(keyOf(id), choice)
  } catch {
    // A blocked storage costs the memory of the choice, not the choice.
  }
}

/** How a choice types; its table is loaded when it is needed. */
export async function methodOf(choice: LayoutChoice, guest: Guest): Promise<Method> {
  if (choice === 'characters') return { kind: 'keysyms' }
  if (choice === 'any' || choice === 'any-fast')
    return { kind: 'codes', fast: choice === 'any-fast' }
  return { kind: 'layout', layout: await loadLayout(choice, guest) }
}
