import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ReactNode } from 'react'

/**
 * Around every use of Base UI, inside the module that is loaded late: our policy forbids inline
 * style elements, and Base UI would write some. Not at the root, which must stay free of it.
 */
export function StrictCsp({ children }: { children: ReactNode }) {
  return <CSPProvider disableStyleElements>{children}</CSPProvider>
}
