import type { ReactNode } from 'react'

/** Views of one thing, each with an address; hence links, not the ARIA tab pattern. */
export function TabLinks({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav
      aria-label={label}
      className="flex gap-5 overflow-x-auto overflow-y-hidden border-b [scrollbar-width:none]"
    >
      {children}
    </nav>
  )
}
