import { Plural, Trans, useLingui } from '@lingui/react/macro'

import { hasAddress } from '#contract/lifecycle.ts'

import { formatList } from '../../../components/format.ts'
import { Card } from '../../../ui/Card.tsx'
import { Code } from '../../../ui/Code.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { connectLine } from './connect-line.ts'
import { useInstance } from './instance-context.ts'
import { useTemplateRead } from './use-template.ts'

/** How to log in to the instance over the network. */
export function ConnectCard() {
  const { t } = useLingui()
  const { row, detail, isReading } = useInstance()
  const { template, isLoading } = useTemplateRead()
  const address = row['public-ip'] ?? row['ipv6-address']
  const line = connectLine(template, address)
  const told = detail?.['ssh-keys'] ?? row['ssh-keys']
  const keys = told?.map(({ name }) => name) ?? []
  const count = keys.length
  const keyNames = formatList(keys)
  return (
    <Card title={t`Connect`}>
      {line ? (
        <Code block copy copyLabel={t`Copy command`}>
          {line.text}
        </Code>
      ) : address && isLoading ? (
        // As high as the command.
        <Skeleton className="h-8.5 w-full" />
      ) : (
        <p className="text-sm text-muted">
          {address ? (
            <Trans>The login details are unknown, because the template is unknown.</Trans>
          ) : hasAddress(row, 'public-ip') === undefined ? (
            isReading ? (
              <Skeleton className="h-lh w-2/3" />
            ) : (
              <Trans>The public IP address of this instance is unknown.</Trans>
            )
          ) : (
            <Trans>
              This instance has no public IP address. Connect through a private network or
              use the console.
            </Trans>
          )}
        </p>
      )}
      <p className="mt-2 text-sm text-muted">
        {line?.kind === 'rdp' ? (
          <Trans>Use this IP address in a Remote Desktop client.</Trans>
        ) : count > 0 ? (
          <Plural
            value={count}
            one={
              <Trans>
                Log in with the SSH key{' '}
                <span translate="no" className="text-text">
                  {keyNames}
                </span>
                .
              </Trans>
            }
            other={
              <Trans>
                Log in with one of these SSH keys:{' '}
                <span translate="no" className="text-text">
                  {keyNames}
                </span>
                .
              </Trans>
            }
          />
        ) : !told && isReading ? (
          <Skeleton className="h-lh w-2/3" />
        ) : !told ? (
          <Trans>The SSH keys of this instance are unknown.</Trans>
        ) : template?.['password-enabled'] === false ? (
          <Trans>
            This instance was created without an SSH key, and its template doesn’t use
            passwords.
          </Trans>
        ) : null}
      </p>
    </Card>
  )
}
