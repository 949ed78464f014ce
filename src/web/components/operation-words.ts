import { useLingui } from '@lingui/react/macro'

import type { FollowedOperation } from '#contract/operation.ts'

/** The name of an endpoint for people; without one, its technical name. */
export function useEndpointWords(): (endpoint: string) => string {
  const { t } = useLingui()
  const words: Record<string, string> = {
    'create-instance': t`Create`,
    'update-instance': t`Update`,
    'delete-instance': t`Delete`,
    'start-instance': t`Start`,
    'stop-instance': t`Stop`,
    'reboot-instance': t`Reboot`,
    'reset-instance': t`Reinstall`,
    'scale-instance': t`Change size`,
    'resize-instance-disk': t`Grow disk`,
    'reset-instance-password': t`Reset password`,
    'add-instance-protection': t`Turn on deletion protection`,
    'remove-instance-protection': t`Turn off deletion protection`,
    'create-snapshot': t`Take snapshot`,
    'delete-snapshot': t`Delete snapshot`,
    'export-snapshot': t`Export snapshot`,
    'revert-instance-to-snapshot': t`Revert to snapshot`,
    'enable-tpm': t`Turn on TPM`,
    'reset-instance-field': t`Clear labels`,
    'attach-instance-to-security-group': t`Add to security group`,
    'detach-instance-from-security-group': t`Remove from security group`,
    'attach-instance-to-elastic-ip': t`Attach elastic IP`,
    'detach-instance-from-elastic-ip': t`Detach elastic IP`,
    'attach-instance-to-private-network': t`Attach private network`,
    'detach-instance-from-private-network': t`Detach private network`,
    'create-block-storage-volume': t`Create volume`,
    'update-block-storage-volume': t`Update volume`,
    'resize-block-storage-volume': t`Grow volume`,
    'delete-block-storage-volume': t`Delete volume`,
    'attach-block-storage-volume-to-instance': t`Attach volume`,
    'detach-block-storage-volume': t`Detach volume`,
    'evict-instance-pool-members': t`Evict from pool`,
    'update-reverse-dns-instance': t`Set reverse DNS`,
    'delete-reverse-dns-instance': t`Remove reverse DNS`,
    'create-security-group': t`Create security group`,
    'delete-security-group': t`Delete security group`,
    'add-rule-to-security-group': t`Add security group rule`,
    'delete-rule-from-security-group': t`Remove security group rule`,
    'register-ssh-key': t`Add SSH key`,
    'delete-ssh-key': t`Delete SSH key`,
  }
  return (endpoint) => words[endpoint] ?? endpoint
}

export function useOperationWords(): (operation: FollowedOperation) => string {
  const wordsOf = useEndpointWords()
  return ({ endpoint }) => wordsOf(endpoint)
}
