import { useLingui } from '@lingui/react/macro'

import { callOf } from '../../api/mutations.ts'
import { AskDialog, Consequences } from './AskDialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { ManagedWarning } from './ManagedWarning.tsx'
import { useCall } from './use-call.ts'

/** Adds an IPv6 address to an instance; it can't be removed (docs/platform.md#public-addresses). */
export function Ipv6Dialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const body = { 'public-ip-assignment': 'dual' } as const
  const { mutation, calls } = useCall(
    callOf(row, { part: 'change', endpoint: 'update-instance', body }),
    onClose,
    row,
  )
  // A link may have opened the question.
  const why: Record<string, string> = {
    dual: t`This instance already has IPv6.`,
    none: t`You can’t add a public IP address to this instance.`,
  }
  return (
    <AskDialog
      {...{ row, mutation, calls, onClose }}
      verb={t`Add IPv6 to ${name}`}
      disabledReason={why[row['public-ip-assignment'] ?? ''] ?? null}
    >
      <ManagedWarning row={row} doing="change" />
      <Consequences
        lines={[
          t`You can’t remove IPv6 from the instance later.`,
          t`The instance gets a public IPv6 address and keeps its IPv4 address.`,
        ]}
      />
    </AskDialog>
  )
}
