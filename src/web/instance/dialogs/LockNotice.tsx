/** Says before anything is sent that deletion protection is on, and turns it off. */
import { Trans, useLingui } from '@lingui/react/macro'

import type { Row } from '../../api/inventory.ts'
import { removeInstanceProtection } from '../../api/mutations.ts'
import { useOnce } from '../../api/use-once.ts'
import { SendProblem } from '../../components/SendProblem.tsx'
import { useNeedsSecond, waits } from '../../stores/second-person.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/toast.ts'
import { useProtection } from '../use-protection.ts'

function useUnlock(row: Row) {
  const { t } = useLingui()
  return useOnce({
    send: (key) => removeInstanceProtection(row, key),
    onSuccess: (answer) =>
      !waits(answer) &&
      toast({
        kind: 'info',
        title: t`Deletion protection is off. You can delete the instance now.`,
      }),
  })
}

function UnlockButton({ unlock }: { unlock: ReturnType<typeof useUnlock> }) {
  const second = useNeedsSecond('remove-instance-protection')
  return (
    <Button
      size="sm"
      pending={unlock.isPending}
      onClick={() => (unlock.sendAgain ?? unlock.mutate)()}
    >
      {second ? (
        <Trans>Ask a second person to turn off protection</Trans>
      ) : (
        <Trans>Turn off deletion protection</Trans>
      )}
    </Button>
  )
}

/** The way out of a deletion that protection has blocked. */
export function Unlock({ row }: { row: Row }) {
  return <UnlockButton unlock={useUnlock(row)} />
}

/**
 * What is known may be out of date (docs/platform.md#protection), so this doesn't forbid to delete the
 * instance: Exoscale decides.
 */
export function LockNotice({ row }: { row: Row }) {
  const { t } = useLingui()
  const { state, source } = useProtection(row)
  const unlock = useUnlock(row)
  if (state !== 'on') return null
  return (
    <>
      <Banner
        kind="warning"
        title={t`Deletion protection is on`}
        action={<UnlockButton unlock={unlock} />}
      >
        <p>
          <Trans>Exoscale will reject the deletion until you turn protection off.</Trans>
        </p>
        {source && <p className="text-muted">{source}</p>}
      </Banner>
      <SendProblem sending={unlock} />
    </>
  )
}
