import { useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'

import { loadPresenter, usePresent } from '../../components/presenter/use-present.ts'
import { Card } from '../../ui/Card.tsx'
import { Switch } from '../../ui/Switch.tsx'

/** Turns on presenter mode; its chip turns it off as well. */
export function PresenterCard() {
  const { t } = useLingui()
  const present = usePresent()
  const [isOn, setOn] = useState(false)
  // The switch moves at once, also if the mode must be loaded first.
  const [asked, setAsked] = useState<boolean>()
  // Outside React: it stands beside the page.
  useEffect(() => {
    let isGone = false
    let unfollow = () => {}
    const follow = async () => {
      const { usePresenter } = await loadPresenter()
      if (isGone) return
      setOn(usePresenter.getState().isOn)
      unfollow = usePresenter.subscribe((state) => setOn(state.isOn))
    }
    // Without it, the switch tries to load it again.
    follow().catch(() => undefined)
    return () => {
      isGone = true
      unfollow()
    }
  }, [])
  return (
    <Card title={t`Presenter mode`}>
      <Switch
        label={t`Presenter mode`}
        hint={t`Shows larger text and what you press on the keyboard, and masks IP addresses, but not on screens. Ends when you close the tab.`}
        checked={asked ?? isOn}
        onChange={({ target }) => {
          const { checked } = target
          setAsked(checked)
          void present(checked).finally(() => setAsked(undefined))
        }}
      />
    </Card>
  )
}
