import { Trans, useLingui } from '@lingui/react/macro'

import { AskDialog } from './AskDialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { ManagedWarning } from './ManagedWarning.tsx'
import { PlanCard } from './PlanCard.tsx'
import { useChange } from './use-change.ts'
import { useWay } from './WayOptions.tsx'

/** Adds a TPM to a stopped instance; it can't be removed (docs/platform.md#tpm). */
export function TpmDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const { way, options } = useWay(row)
  const change = useChange(row, { endpoint: 'enable-tpm', ...way }, onClose)
  return (
    <AskDialog
      row={row}
      mutation={change.mutation}
      onClose={onClose}
      verb={t`Turn on TPM of ${name}`}
      disabledReason={change.missing}
    >
      <ManagedWarning row={row} doing="change" />
      <p className="text-sm">
        <Trans>
          Adds a virtual security chip for Windows 11, BitLocker and measured boot.
        </Trans>
      </p>
      {options}
      <PlanCard row={row} change={change} />
    </AskDialog>
  )
}
