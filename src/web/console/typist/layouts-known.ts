/** Lists the layouts; each table is loaded when it is first used. */
import { layoutOf, type Guest, type Layout, type LayoutTable } from './layout.ts'

const tables = {
  us: () => import('./layouts/us.ts'),
  uk: () => import('./layouts/uk.ts'),
  de: () => import('./layouts/de.ts'),
  'de-CH': () => import('./layouts/de-CH.ts'),
  fr: () => import('./layouts/fr.ts'),
  'fr-CH': () => import('./layouts/fr-CH.ts'),
  es: () => import('./layouts/es.ts'),
  it: () => import('./layouts/it.ts'),
  pt: () => import('./layouts/pt.ts'),
} satisfies Record<string, () => Promise<{ table: LayoutTable }>>

export type LayoutName = keyof typeof tables

export const layoutNames = Object.keys(tables) as LayoutName[] // its own keys

export async function loadLayout(name: LayoutName, guest: Guest): Promise<Layout> {
  return layoutOf((await tables[name]()).table, guest)
}

/** Every table, to find out which layout an instance has. */
export async function loadTables(): Promise<[LayoutName, LayoutTable][]> {
  return Promise.all(
    layoutNames.map(async (name): Promise<[LayoutName, LayoutTable]> => [
      name,
      (await tables[name]()).table,
    ]),
  )
}
