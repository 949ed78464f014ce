import { useLingui } from '@lingui/react/macro'

import { mostViews, viewNameMax, type ViewRefusal } from '#contract/query/views.ts'

/** How to mend what can't be saved, as a sentence. */
export function useRefusalWords(): Record<ViewRefusal, string> {
  const { t } = useLingui()
  return {
    'no-name': t`Enter a name.`,
    'long-name': t`Enter up to ${viewNameMax} characters.`,
    'same-name': t`Another view has this name. Choose another name.`,
    'too-many': t`You have ${mostViews} views. Delete one to save another.`,
    'too-long': t`This search is too long to be saved.`,
  }
}
