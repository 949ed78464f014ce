import { Trans, useLingui } from '@lingui/react/macro'

import {
  GlanceAge,
  GlancePicture,
  LookButton,
  useGlance,
} from '../../../screen/glance/ScreenGlance.tsx'
import { ScreenLink } from '../../../screen/ScreenLink.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useInstance } from './instance-context.ts'

const pictureWidth = 640
const boxClass =
  'relative flex aspect-16/10 items-center justify-center overflow-hidden rounded-md border text-sm'

/** A screenshot of the instance, which links to its console. */
export function ScreenCard() {
  const { t } = useLingui()
  const { row, name } = useInstance()
  const glance = useGlance(row, pictureWidth)
  const { on, block, frame, automatic, why } = glance
  const isBlank = !frame && !why && row.state !== 'starting'
  return (
    <Card title={t`Screen`} actions={on && !automatic && <LookButton glance={glance} />}>
      {block ? (
        <p className={`${boxClass} bg-sunken px-6 text-center text-muted`}>{block}</p>
      ) : (
        <ScreenLink row={row} className={`${boxClass} bg-black text-white no-underline`}>
          <span className="sr-only">
            <Trans>Open console of {name}</Trans>
          </span>
          <GlancePicture glance={glance} />
          {on && isBlank && automatic === false && (
            <span aria-hidden>
              <Trans>Open console</Trans>
            </span>
          )}
        </ScreenLink>
      )}
      {/* Where there may be a screenshot, its age has its line already. */}
      <p
        className={`mt-2 min-h-5 text-sm text-muted tabular-nums ${on && !block ? '' : 'empty:hidden'}`}
      >
        <GlanceAge glance={glance} />
      </p>
    </Card>
  )
}
