/** Turns notifications of the desktop on and off. The browser asks for its permission here and nowhere else. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import {
  permission,
  setDesktopNotices,
  useDesktopNotices,
} from '../../stores/desktop-notices.ts'
import { Card } from '../../ui/Card.tsx'
import { Switch } from '../../ui/Switch.tsx'

export function NotificationsCard() {
  const { t } = useLingui()
  const isOn = useDesktopNotices((state) => state.isOn)
  const [allowed, setAllowed] = useState(permission)
  const [isAsking, setAsking] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const change = async (on: boolean) => {
    if (!on) return setDesktopNotices(false)
    setAsking(true)
    await Notification.requestPermission()
    setAsking(false)
    setAsked(true)
    const answer = permission()
    setAllowed(answer)
    setDesktopNotices(answer === 'granted')
  }
  return (
    <Card title={t`Notifications`}>
      <div className="grid gap-2">
        <Switch
          label={t`Desktop notifications`}
          hint={t`Shown while you look at another tab or program, when something you started has ended or failed.`}
          checked={isOn && allowed === 'granted'}
          pending={isAsking}
          disabledReason={
            allowed === 'unsupported'
              ? t`This browser allows notifications only on pages with HTTPS.`
              : null
          }
          onChange={({ target }) => void change(target.checked)}
        />
        {allowed === 'denied' && (
          <p role={isAsked ? 'alert' : undefined} className="text-sm text-warning">
            <Trans>
              Your browser blocks notifications from this page. Allow them in the browser’s
              settings for this site, then reload the page.
            </Trans>
          </p>
        )}
        <p className="text-sm text-muted">
          <Trans>
            Each browser has its own setting. The title of the tab always shows what has
            ended.
          </Trans>
        </p>
      </div>
    </Card>
  )
}
