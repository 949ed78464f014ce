/** What the sandbox offers to try: the tour, the welcome card, and the scenarios. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useNavigate } from 'react-router'

import { useStartTour } from '../../components/sandbox/start-tour.ts'
import { useTour } from '../../stores/tour.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'

export function SandboxCard() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { tour, setWelcome } = useTour()
  const { start, goOn } = useStartTour()
  const begin = () => {
    start()
    void navigate('/')
  }
  return (
    <Card title={t`Sandbox`} className="lg:col-span-2">
      <p className="text-sm text-muted">
        <Trans>Nothing here is real, costs money, or can be damaged.</Trans>
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        {goOn && (
          <Button variant="primary" onClick={goOn}>
            <Trans>Continue tour</Trans>
          </Button>
        )}
        {!tour?.isOn && (
          <Button onClick={begin}>
            {goOn ? t`Start tour again` : t`Take the two-minute tour`}
          </Button>
        )}
        <Button
          onClick={() => {
            setWelcome(true)
            void navigate('/')
          }}
        >
          <Trans>Show welcome</Trans>
        </Button>
        <Link to="/scenarios" className="ui-link text-sm">
          <Trans>Scenarios</Trans>
        </Link>
      </div>
    </Card>
  )
}
