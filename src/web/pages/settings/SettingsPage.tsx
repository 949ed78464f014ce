import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { usePreferences } from '../../api/follow-preferences.ts'
import { sessionQuery } from '../../api/queries.ts'
import { useRoleNames } from '../../components/people/role-words.ts'
import { useStartPage, type StartPage } from '../../stores/start-page.ts'
import { useTheme, type Density, type Theme } from '../../stores/theme.ts'
import { Card } from '../../ui/Card.tsx'
import { KeyValue, Pair } from '../../ui/KeyValue.tsx'
import { RadioCards } from '../../ui/RadioCards.tsx'
import { AccountCard } from './AccountCard.tsx'
import { LanguageField } from './LanguageField.tsx'
import { NotificationsCard } from './NotificationsCard.tsx'
import { PresenterCard } from './PresenterCard.tsx'
import { SshKeysCard } from './SshKeysCard.tsx'
import { TimeZoneChoice } from './TimeZoneChoice.tsx'

function AboutCard() {
  const { t } = useLingui()
  const names = useRoleNames()
  const { data } = useQuery(sessionQuery)
  if (!data) return null
  const { version, sandbox, signIn } = data
  const { role } = data.person
  // Without accounts there is one person, who has no name of their own.
  const name = signIn === 'off' ? t`You` : data.person.name
  const roleName = names[role]
  return (
    <Card title={t`About`}>
      <KeyValue>
        <Pair label={t`User`}>{t`${name} (${roleName})`}</Pair>
        <Pair label={t`Zones`}>
          {sandbox ? t`Simulated by the sandbox` : t`Exoscale zones`}
        </Pair>
        <Pair label={t`Version`}>{version}</Pair>
      </KeyValue>
    </Card>
  )
}

/** Says where the choice is kept. */
function SavedWhere({ isAccount }: { isAccount: boolean }) {
  const isUnstored = usePreferences((state) => state.isUnstored)
  if (isUnstored)
    return (
      <p role="alert" className="text-sm text-warning">
        <Trans>
          Couldn’t be saved to your account. Your choice applies in this browser.
        </Trans>
      </p>
    )
  return (
    <p className="text-sm text-muted">
      {isAccount ? (
        <Trans>Saved to your account, for every browser.</Trans>
      ) : (
        <Trans>Saved in this browser only.</Trans>
      )}
    </p>
  )
}

/** The own account, how Vedette looks in this browser, and the SSH keys for new instances. */
export function SettingsPage() {
  const { t } = useLingui()
  const { theme, density, setTheme, setDensity } = useTheme()
  const { startPage, setStartPage } = useStartPage()
  const { data: session } = useQuery(sessionQuery)
  return (
    <>
      <title>{t`Settings · Vedette`}</title>
      <h1 tabIndex={-1} className="flex min-h-control items-center text-xl font-semibold">
        <Trans>Settings</Trans>
      </h1>
      <div className="grid max-w-184 gap-4">
        {session?.signIn === 'local' && <AccountCard session={session} />}
        <Card title={t`Appearance`}>
          <div className="grid gap-5">
            <RadioCards<Theme>
              legend={t`Theme`}
              value={theme}
              onChange={setTheme}
              columns={3}
              options={[
                { value: 'system', label: t({ message: 'System', context: 'theme' }) },
                { value: 'light', label: t`Light` },
                { value: 'dark', label: t`Dark` },
              ]}
            />
            <RadioCards<Density>
              legend={t`Density`}
              value={density}
              onChange={setDensity}
              columns={2}
              options={[
                {
                  value: 'compact',
                  label: t`Compact`,
                  description: t`Shows more rows`,
                },
                {
                  value: 'comfortable',
                  label: t`Comfortable`,
                  description: t`Larger rows and controls`,
                },
              ]}
            />
            <RadioCards<StartPage>
              legend={t`Start page`}
              value={startPage}
              onChange={setStartPage}
              columns={3}
              options={[
                { value: 'overview', label: t`Overview` },
                { value: 'instances', label: t`Instances` },
                { value: 'wall', label: t`Wall` },
              ]}
            />
            <LanguageField />
            <TimeZoneChoice />
            <SavedWhere isAccount={session?.signIn === 'local'} />
          </div>
        </Card>
        <NotificationsCard />
        <PresenterCard />
        <SshKeysCard />
        <AboutCard />
      </div>
    </>
  )
}
