import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { openSteps, type Chain, type ChainStep } from '#contract/chain.ts'

import { useInventory } from '../../api/inventory.ts'
import { elasticIpsQuery, privateNetworksQuery } from '../../api/queries.ts'
import { ChainSteps } from '../../components/ChainSteps.tsx'
import { useProblemWords } from '../../components/problem-words.ts'
import { TryAgain } from '../../components/TryAgain.tsx'
import { useTray } from '../../stores/tray.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Spinner } from '../../ui/Spinner.tsx'

/** What an instance lacks because a step after its creation failed. */
function Lacks({ zone, step, name }: { zone: string; step: ChainStep; name: string }) {
  const { endpoint, target, body } = step
  const networks = useQuery({
    ...privateNetworksQuery(zone),
    enabled: endpoint === 'attach-instance-to-private-network',
  })
  const addresses = useQuery({
    ...elasticIpsQuery(zone),
    enabled: endpoint === 'attach-instance-to-elastic-ip',
  })
  if (endpoint === 'add-instance-protection')
    return (
      <Trans>
        <Name name={name} /> was created, but deletion protection couldn’t be turned on.
      </Trans>
    )
  if (endpoint === 'attach-instance-to-private-network') {
    const network = networks.data?.find(({ id }) => id === target)?.name ?? target
    return (
      <Trans>
        <Name name={name} /> was created, but it couldn’t be attached to the private network{' '}
        {network}.
      </Trans>
    )
  }
  if (endpoint === 'attach-instance-to-elastic-ip') {
    const address = addresses.data?.find(({ id }) => id === target)?.ip ?? target
    return (
      <Trans>
        <Name name={name} /> was created, but the elastic IP {address} couldn’t be attached.
      </Trans>
    )
  }
  const { 'domain-name': domain = '' } = (body ?? {}) as { 'domain-name'?: string } // planCreate's
  return (
    <Trans>
      <Name name={name} /> was created, but the reverse DNS name {domain} couldn’t be set.
    </Trans>
  )
}

function Name({ name }: { name: string }) {
  return (
    <bdi translate="no" className="font-medium">
      {name}
    </bdi>
  )
}

/** Says what a created instance lacks of what was requested with it. */
export function PartialCreation({ chain }: { chain: Chain }) {
  const dismiss = useTray((tray) => tray.dismiss)
  const wordsOf = useProblemWords()
  const name = chain.subject || chain.instanceId || ''
  return (
    <Banner
      kind="warning"
      action={<TryAgain chain={chain} />}
      onDismiss={() => dismiss([chain.id])}
    >
      {openSteps(chain).map((step) => (
        <div key={`${step.endpoint} ${step.target ?? ''}`}>
          <p>
            <Lacks zone={chain.zone} step={step} name={name} />
          </p>
          {step.message && (
            <p {...(step.cause ? {} : { lang: 'en' })} className="text-muted">
              {wordsOf({ ...step, message: step.message })}
            </p>
          )}
        </div>
      ))}
    </Banner>
  )
}

/** On the page of an instance: how far its creation is, or what it lacks. */
export function CreationNotice({ zone, id }: Record<'zone' | 'id', string>) {
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
  return <PartialCreation chain={chain} />
}
