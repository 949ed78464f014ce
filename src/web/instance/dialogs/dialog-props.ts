import type { Row } from '../../api/inventory.ts'

/** What every question about an instance is given. */
export type DialogProps = {
  row: Row
  name: string
  snapshotId?: string | undefined
  volumeId?: string | undefined
  /** The initial value: a name, the id of a size, a number of GiB. */
  to?: string | undefined
  onClose: () => void
}
