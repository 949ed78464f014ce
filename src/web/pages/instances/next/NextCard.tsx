import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { useInventory, type Row } from '../../../api/inventory.ts'
import { securityGroupsQuery, templateQuery } from '../../../api/queries.ts'
import { formatList } from '../../../components/format.ts'
import { ScreenLink } from '../../../screen/ScreenLink.tsx'
import { useTray } from '../../../stores/tray.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Code } from '../../../ui/Code.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { fileOfKey } from '../create/access/key-files.ts'
import { nextSteps, type Block, type NextSteps } from './next-steps.ts'

/** What keeps people out, with what to do about it. */
function BlockNotice({
  block,
  row,
  way,
}: {
  block: Block
  row: Row
  way: NextSteps['way']
}) {
  const page = `/instances/${row.zone}/${row.id}`
  const { name = 'SSH', port = 22 } = way ?? {}
  const words: Record<Block, ReactNode> = {
    starting: <Trans>The instance is starting. You can log in when it’s running.</Trans>,
    'not-running': <Trans>The instance isn’t running. Start it to log in.</Trans>,
    'no-address': (
      <Trans>
        This instance has no public IP address. Connect through a private network or use the
        console.
      </Trans>
    ),
    'groups-block': (
      <Trans>
        The security groups of this instance block {name} (port {port}).{' '}
        <Link to={`${page}/network`} className="ui-link">
          Add a security group that allows it
        </Link>
        , or use the console.
      </Trans>
    ),
    'groups-unknown': (
      <Trans>
        Vedette can’t read the security groups, so it doesn’t know whether they allow {name}{' '}
        (port {port}).
      </Trans>
    ),
    'no-login': (
      <Trans>
        The instance has no SSH key, and its template uses no password, so no one can log in
        unless your user data sets up access. Exoscale adds SSH keys only at creation:{' '}
        <Link
          to={`/instances/new?mode=guided&like=${row.zone}/${row.id}`}
          className="ui-link"
        >
          create an instance like this one with an SSH key
        </Link>
        .
      </Trans>
    ),
    'login-unknown': (
      <Trans>
        The instance has no SSH key, and Vedette doesn’t know whether its template uses a
        password.
      </Trans>
    ),
    'keys-unknown': <Trans>Vedette doesn’t know which SSH keys this instance has.</Trans>,
    'template-unknown': (
      <Trans>Vedette can’t read the template, so it doesn’t know how to log in.</Trans>
    ),
  }
  return <Banner kind={block === 'starting' ? 'info' : 'warning'}>{words[block]}</Banner>
}

function SshSteps({ command, address, keys, keyFile, byPassword }: NextSteps) {
  const { t } = useLingui()
  const names = formatList(keys)
  if (!address) return null
  return (
    <div className="grid gap-2 text-sm">
      {keyFile && (
        <>
          <p>
            <Trans>
              Open a terminal in the folder with {keyFile}. On Linux and macOS, first make
              the file readable only by you:
            </Trans>
          </p>
          <Code block copy copyLabel={t`Copy command`}>{`chmod 600 ${keyFile}`}</Code>
        </>
      )}
      {command ? (
        <>
          <p>
            <Trans>Log in from a terminal:</Trans>
          </p>
          <Code block copy copyLabel={t`Copy command`}>
            {command}
          </Code>
        </>
      ) : (
        <p>
          <Trans>
            Connect with SSH to {address}. The template doesn’t say which username to use.
          </Trans>
        </p>
      )}
      {keys.length > 0 && !keyFile && (
        <p className="text-muted">
          <Trans>Use the private key of {names}.</Trans>
        </p>
      )}
      {byPassword && keys.length === 0 && <PasswordStep />}
    </div>
  )
}

/** The password is shown by its own card, below on the same page. */
function PasswordStep() {
  return (
    <p>
      <Trans>
        Exoscale generated a password and stores it for 24 hours:{' '}
        <a href="#password" className="ui-link">
          show the password
        </a>
        .
      </Trans>
    </p>
  )
}

function RdpSteps({ address, user, byPassword }: NextSteps) {
  const { t } = useLingui()
  if (!address) return null
  return (
    <div className="grid gap-2 text-sm">
      <p>
        <Trans>Connect with a Remote Desktop client to this IP address:</Trans>
      </p>
      <Code block copy copyLabel={t`Copy IP address`}>
        {address}
      </Code>
      {user && (
        <p>
          <Trans>
            Log in as <span translate="no">{user}</span>.
          </Trans>
        </p>
      )}
      {byPassword && <PasswordStep />}
    </div>
  )
}

/**
 * How to get in to an instance that was created here within a day. Anyone can dismiss it; what it
 * says is also in the cards below.
 */
export function NextCard({ row }: { row: Row }) {
  const { t } = useLingui()
  const dismiss = useTray((tray) => tray.dismiss)
  const dismissed = useTray((tray) => tray.dismissed)
  const created = useInventory(({ chains }) =>
    chains.some(
      ({ endpoint, zone, instanceId, steps: [first] }) =>
        endpoint === 'create-instance' &&
        zone === row.zone &&
        instanceId === row.id &&
        first?.state === 'success',
    ),
  )
  const groups = useQuery({ ...securityGroupsQuery(row.zone), enabled: created })
  const template = useQuery({
    ...templateQuery(row.zone, row.template?.id ?? ''),
    enabled: created && row.template !== undefined,
  })
  const id = `next ${row.id}`
  const waits = groups.isLoading || template.isLoading
  if (!created || dismissed.includes(id) || waits) return null
  const steps = nextSteps({
    instance: row,
    template: template.data,
    groups: groups.data,
    fileOf: fileOfKey,
  })
  return (
    <Card
      title={t`Next: log in`}
      actions={
        <IconButton label={t`Dismiss`} size="sm" onClick={() => dismiss([id])}>
          <X />
        </IconButton>
      }
    >
      <div className="grid gap-3">
        {steps.blocks.map((block) => (
          <BlockNotice key={block} {...{ block, row }} way={steps.way} />
        ))}
        {!steps.blocks.includes('no-login') && steps.way?.kind === 'ssh' && (
          <SshSteps {...steps} />
        )}
        {steps.way?.kind === 'rdp' && <RdpSteps {...steps} />}
        <p className="text-sm">
          <Trans>
            The{' '}
            <ScreenLink row={row} className="ui-link">
              console
            </ScreenLink>{' '}
            shows the screen of the instance and needs no network access.
          </Trans>
        </p>
      </div>
    </Card>
  )
}
