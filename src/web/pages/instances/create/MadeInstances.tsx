import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react'
import { Link } from 'react-router'

import { openSteps, type Chain } from '#contract/chain.ts'

import { rowKey, useInventory } from '../../../api/inventory.ts'
import { ChainSteps } from '../../../components/ChainSteps.tsx'
import { InstanceState } from '../../../components/InstanceState.tsx'
import { StepFailure } from '../../../components/StepFailure.tsx'
import { buttonClass } from '../../../ui/button-class.ts'
import { Card } from '../../../ui/Card.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { PartialCreation } from '../CreationNotice.tsx'

function Mark({ chain }: { chain: Chain }) {
  const { t } = useLingui()
  if (chain.state === 'running') return <Spinner size={16} label={t`Being created`} />
  if (chain.state === 'success')
    return <CircleCheck size={16} aria-label={t`Done`} className="text-running" />
  if (openSteps(chain).length > 0)
    return (
      <TriangleAlert size={16} aria-label={t`Partly completed`} className="text-warning" />
    )
  return <OctagonAlert size={16} aria-label={t`Failed`} className="text-error" />
}

function MadeInstance({ chain }: { chain: Chain }) {
  const { t } = useLingui()
  const { zone, instanceId, subject, steps, state } = chain
  const row = useInventory(({ rows }) => rows.get(rowKey(zone, instanceId ?? '')))
  const [first] = steps
  const failed = first && ['failure', 'unknown'].includes(first.state)
  const name = subject || row?.name || instanceId || t`New instance`
  return (
    <li className="grid gap-1.5 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Mark chain={chain} />
        {instanceId && !failed ? (
          <Link to={`/instances/${zone}/${instanceId}`} className="ui-link font-medium">
            <bdi translate="no">{name}</bdi>
          </Link>
        ) : (
          <bdi translate="no" className="font-medium">
            {name}
          </bdi>
        )}
        {row && !failed && <InstanceState state={row.state} />}
      </div>
      {steps.length > 1 && <ChainSteps steps={steps} />}
      {failed && <StepFailure step={first} />}
      {state === 'partial' && openSteps(chain).length > 0 && (
        <PartialCreation chain={chain} />
      )}
    </li>
  )
}

/** Shows the progress and the outcome of each instance of one request. */
export function MadeInstances({ batch }: { batch: string }) {
  const { t } = useLingui()
  const all = useInventory((state) => state.chains)
  const chains = all
    .filter((chain) => chain.batch === batch)
    .toSorted((a, b) => (a.subject < b.subject ? -1 : 1))
  const made = chains.filter(({ steps: [first] }) => first?.state === 'success').length
  const unmade = chains.filter(
    ({ steps: [first] }) => first && ['failure', 'unknown'].includes(first.state),
  )
  const total = chains.length
  if (total === 0)
    return (
      <p className="text-sm text-muted">
        <Trans>
          The details of this request are no longer available. Instances that were created
          are in the list.
        </Trans>
      </p>
    )
  const [again] = unmade
  const title = t`${plural(made, {
    one: `# of ${total} created`,
    other: `# of ${total} created`,
  })}`
  return (
    <Card title={title}>
      <ul aria-label={t`Instances in this request`} className="divide-y divide-border">
        {chains.map((chain) => (
          <MadeInstance key={chain.id} chain={chain} />
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-2">
        <Link to="/instances" className={buttonClass({ variant: 'primary' })}>
          <Trans>Go to instances</Trans>
        </Link>
        {again && (
          <Link to={`/instances/new?again=${again.id}`} className={buttonClass()}>
            <Trans>Retry failed instances</Trans>
          </Link>
        )}
      </div>
    </Card>
  )
}
