import { useLingui } from '@lingui/react/macro'

/** The sections of an instance's page: the end of their path, and their name. */
export function useInstanceTabs(): readonly (readonly [path: string, label: string])[] {
  const { t } = useLingui()
  return [
    ['', t`Overview`],
    ['/snapshots', t`Snapshots`],
    ['/volumes', t`Volumes`],
    ['/network', t`Network`],
    ['/activity', t`Activity`],
    ['/settings', t`Settings`],
    ['/data', t`JSON`],
  ]
}
