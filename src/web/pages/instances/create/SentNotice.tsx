import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'

import { useInventory } from '../../../api/inventory.ts'
import type { Press } from '../../../api/once.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'

/** Where the instances of a form that was sent are shown: their batch is its key. */
export const madeBy = ({ key }: Press) => `/instances/new?made=${key}`

/** Of a draft that is open again though it was sent, in another tab or before a reload. */
export function SentNotice({ press, onAgain }: { press: Press; onAgain: () => void }) {
  const { t } = useLingui()
  const sent = useInventory(({ chains }) => chains.some(({ batch }) => batch === press.key))
  if (!sent) return null
  return (
    <Banner
      kind="info"
      title={t`This draft was already sent`}
      action={
        <>
          <Link to={madeBy(press)} className="ui-link">
            <Trans>See what happened</Trans>
          </Link>
          <Button size="sm" onClick={onAgain}>
            <Trans>Send again</Trans>
          </Button>
        </>
      }
    />
  )
}
