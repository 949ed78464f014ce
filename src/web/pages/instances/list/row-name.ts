import type { Row } from '../../../api/inventory.ts'

/** What a row is called; one without a name by its id. */
export const nameOf = (row: Row): string => row.name ?? row.id
