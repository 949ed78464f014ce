import type { ReactNode } from 'react'

import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { Mark } from '../../ui/Mark.tsx'

/** What is around a form by which people come in: the mark and the name, and no navigation. */
export function WayIn({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="ui-scroll flex h-dvh flex-col items-center overflow-y-auto px-4 pt-[12vh] pb-8 max-sm:pt-10">
      <p className="flex items-center gap-2.5 text-xl font-semibold" translate="no">
        <Mark size={32} /> Vedette
      </p>
      <div className="mt-8 grid w-full max-w-sm gap-4 rounded-lg border bg-surface p-6 max-sm:p-4">
        <h1 tabIndex={-1} className="text-lg font-semibold">
          {title}
        </h1>
        {children}
      </div>
      <LiveRegion />
    </main>
  )
}
