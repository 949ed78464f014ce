/** Turns presenter mode on and off from a page, whose file is loaded when it is first needed. */
import { useLingui } from '@lingui/react/macro'

import { toast } from '../../ui/toast.ts'

export const loadPresenter = () => import('./start.tsx')

/** Resolves once the mode is on or off, or it was said that it can't be. */
export function usePresent(): (isOn: boolean) => Promise<void> {
  const { t } = useLingui()
  return (isOn) =>
    loadPresenter().then(
      ({ present }) => present(isOn),
      () => {
        // With one id from each place, it is said once.
        toast({
          kind: 'error',
          id: 'presenter',
          title: t`This part couldn’t be loaded. Reload the page to try again.`,
        })
      },
    )
}
