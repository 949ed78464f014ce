import type { Row } from '../../../api/inventory.ts'

/** The name of a row, or its id if it has none. */
export const nameOf = (row: Row): string => row.name ?? row.id
