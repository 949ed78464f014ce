import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'

import { refusal } from '#contract/lifecycle.ts'
import { zoneCity } from '#contract/zones.ts'

import { problemOf } from '../../api/client.ts'
import { useRow } from '../../api/inventory.ts'
import { startInstance } from '../../api/mutations.ts'
import { instanceQuery } from '../../api/queries.ts'
import { InstanceState } from '../../components/InstanceState.tsx'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Code } from '../../ui/Code.tsx'
import { KeyValue, Pair } from '../../ui/KeyValue.tsx'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { ActionDialog, type Asking } from './dialogs/ActionDialog.tsx'

/** One instance: its state, what can be asked of it, and what the platform tells. */
export function InstancePage() {
  const { t } = useLingui()
  const { zone = '', id = '' } = useParams()
  const row = useRow(zone, id)
  const { data, error } = useQuery(instanceQuery(zone, id))
  const [asking, setAsking] = useState<Asking>()
  const start = useMutation({ mutationFn: () => startInstance({ zone, id }) })
  const instance = row ?? data
  if (!instance) {
    return error ? (
      <>
        <h1 className="text-xl font-semibold">
          <Trans>This instance is not in {zoneCity(zone)}</Trans>
        </h1>
        <ProblemNotice problem={problemOf(error)} />
      </>
    ) : null
  }
  const name = instance.name ?? id
  const why = (action: 'start' | 'stop' | 'reboot' | 'delete') =>
    refusal(action, instance.state) ? t`Not possible while it is ${instance.state}.` : null
  return (
    <>
      <title>{t`${name} · Vedette`}</title>
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="text-xl font-semibold" translate="no">
          {name}
        </h1>
        <InstanceState state={instance.state} />
        <span className="grow text-muted">{zoneCity(zone)}</span>
        <Button
          onClick={() => start.mutate()}
          pending={start.isPending}
          disabledReason={why('start')}
        >
          <Trans>Start</Trans>
        </Button>
        <Button onClick={() => setAsking('stop')} disabledReason={why('stop')}>
          <Trans>Stop</Trans>
        </Button>
        <Button onClick={() => setAsking('reboot')} disabledReason={why('reboot')}>
          <Trans>Reboot</Trans>
        </Button>
        <MenuButton
          label={t`More actions`}
          items={[
            {
              label: t`Delete…`,
              danger: true,
              disabledReason: why('delete'),
              onSelect: () => setAsking('delete'),
            },
          ]}
        />
      </div>
      {start.error && <ProblemNotice problem={problemOf(start.error)} />}
      <Card title={t`Overview`}>
        <KeyValue>
          <Pair label={t`Id`}>
            <Code copy>{id}</Code>
          </Pair>
          <Pair label={t`Address`}>
            <Code>{instance['public-ip'] ?? '–'}</Code>
          </Pair>
          <Pair label={t`Disk`}>
            {data?.['disk-size'] ? `${data['disk-size']} GiB` : '–'}
          </Pair>
        </KeyValue>
      </Card>
      {asking && (
        <ActionDialog
          key={asking}
          asking={asking}
          target={{ zone, id, name }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  )
}
