import { Suspense, type ReactNode } from 'react'

/** What is open above the page, and so takes the keys, or was asked for and is still being loaded. */
export const takesKeys = '[role$=dialog],[role=menu],[data-coming]'

/** A dialog or a menu that may still have to be loaded: keys that are pressed until then aren't the page's. */
export const Coming = ({ children }: { children: ReactNode }) => (
  <Suspense fallback={<span hidden data-coming />}>{children}</Suspense>
)
