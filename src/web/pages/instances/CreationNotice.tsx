import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { openSteps, type Chain, type ChainStep } from '#contract/chain.ts'

import { useInventory } from '../../api/inventory.ts'
import { elasticIpsQuery, privateNetworksQuery } from '../../api/queries.ts'
import { ChainSteps, TryAgain } from '../../components/ChainSteps.tsx'
import { useTray } from '../../stores/tray.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Spinner } from '../../ui/Spinner.tsx'

/** What an instance lacks because a step after its creation failed. */
function Lacks({ zone, step }: { zone: string; step: ChainStep }) {
  const { endpoint, target, body } = step
  const networks = useQuery({
    ...privateNetworksQuery(zone),
    enabled: endpoint === 'attach-instance-to-private-network',
  })
  const addresses = useQuery({
    ...elasticIpsQuery(zone),
    enabled: endpoint === 'attach-instance-to-elastic-ip',
  })
  if (endpoint === 'add-instance-protection') return <Trans>is not protected</Trans>
  if (endpoint === 'attach-instance-to-private-network') {
    const network = networks.data?.find(({ id }) => id === target)?.name ?? target
    return <Trans>is not in the private network {network}</Trans>
  }
  if (endpoint === 'attach-instance-to-elastic-ip') {
    const address = addresses.data?.find(({ id }) => id === target)?.ip ?? target
    return <Trans>does not have the elastic IP {address}</Trans>
  }
  const { 'domain-name': name = '' } = (body ?? {}) as { 'domain-name'?: string } // planCreate's
  return <Trans>has no reverse name {name}</Trans>
}

/** An instance that was made, though not with everything it was ordered with. */
export function PartialCreation({ chain, state }: { chain: Chain; state: string }) {
  const dismiss = useTray((tray) => tray.dismiss)
  const name = chain.subject || chain.instanceId
  return (
    <Banner
      kind="warning"
      action={<TryAgain chain={chain} />}
      onDismiss={() => dismiss([chain.id])}
    >
      {openSteps(chain).map((step) => (
        <p key={`${step.endpoint} ${step.target ?? ''}`}>
          <bdi translate="no" className="font-medium">
            {name}
          </bdi>{' '}
          {state === 'running' ? <Trans>runs, but</Trans> : <Trans>is there, but</Trans>}{' '}
          <Lacks zone={chain.zone} step={step} />
          {step.message ? `: ${step.message}` : '.'}
        </p>
      ))}
    </Banner>
  )
}

/** On the page of an instance: how its creation goes on, or what it lacks. */
export function CreationNotice({
  zone,
  id,
  state,
}: Record<'zone' | 'id' | 'state', string>) {
  const { t } = useLingui()
  const chain = useInventory((inventory) =>
    inventory.chains.find(
      (one) =>
        one.endpoint === 'create-instance' && one.zone === zone && one.instanceId === id,
    ),
  )
  const dismissed = useTray((tray) => tray.dismissed)
  if (!chain || chain.steps.length < 2) return null
  if (chain.state === 'running')
    return (
      <div className="flex items-center gap-2 text-sm">
        <Spinner size={16} label={t`Being created`} />
        <ChainSteps steps={chain.steps} />
      </div>
    )
  if (openSteps(chain).length === 0 || dismissed.includes(chain.id)) return null
  return <PartialCreation chain={chain} state={state} />
}
