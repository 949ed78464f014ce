import { Trans, useLingui } from '@lingui/react/macro'

import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { layoutWords } from './layout-words.ts'
import type { LayoutName } from './layouts-known.ts'

/** Shows whether the typed text appeared on the screen. */
export type Echo = { kind: 'seen' } | { kind: 'other'; layouts: LayoutName[] }

export function EchoCheck({
  echo,
  choose,
}: {
  echo: Echo
  choose: (name: LayoutName) => void
}) {
  const { t } = useLingui()
  if (echo.kind === 'seen')
    return (
      <p className="text-sm text-running">
        <Trans>The last line appears on the screen as typed.</Trans>
      </p>
    )
  const [name] = echo.layouts
  if (!name)
    return (
      <p className="text-sm text-muted">
        <Trans>
          The last line doesn’t appear on the screen. This is normal at a password prompt.
        </Trans>
      </p>
    )
  const layout = t(layoutWords[name])
  return (
    <Banner
      kind="warning"
      title={<Trans>The instance seems to use the {layout} keyboard layout</Trans>}
      action={
        <Button size="sm" onClick={() => choose(name)}>
          <Trans>Use {layout}</Trans>
        </Button>
      }
    >
      <Trans>The screen shows the characters that these keys produce there.</Trans>
    </Banner>
  )
}
