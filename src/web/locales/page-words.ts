/** What index.html says before the program is there; the build translates it (vite.texts.ts). */
import { msg } from '@lingui/core/macro'

export const pageWords = [
  msg`A web console for Exoscale Compute`,
  msg`Loading Vedette…`,
  msg`Vedette couldn’t be loaded. Check your connection and reload the page.`,
  msg`Turn on JavaScript to use Vedette.`,
]
