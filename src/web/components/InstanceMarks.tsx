/** Shows what only Vedette knows of an instance: rescue mode, deletion protection, and its note. */
import { Trans, useLingui } from '@lingui/react/macro'
import { FlaskConical, LifeBuoy, ShieldCheck, StickyNote } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'

import type { Row } from '../api/inventory.ts'

/** The names of the marks, which the search finds. */
export function useMarkWords() {
  const { t } = useLingui()
  return useMemo(
    () => ({
      fixture: t`Test fixture`,
      rescue: t`Rescue mode`,
      protected: t`Protected`,
      note: t`Note`,
    }),
    [t],
  )
}

const size = 14

/** An icon with a name for screen readers, and a tooltip. */
function Mark({ label, tone, icon }: { label: string; tone: string; icon: ReactNode }) {
  return (
    <span title={label} className={`relative inline-flex shrink-0 ${tone}`}>
      {icon}
      <span className="sr-only">{label}</span>
    </span>
  )
}

/** The marks as icons, for a line that has little room; nothing where there is none. */
export function InstanceMarks({ row: { mark } }: { row: Row }) {
  const { t } = useLingui()
  const words = useMarkWords()
  if (!mark) return null
  const { note } = mark
  return (
    <>
      {mark.fixture && (
        <Mark
          label={words.fixture}
          tone="text-muted"
          icon={<FlaskConical size={size} aria-hidden="true" />}
        />
      )}
      {mark.rescue && (
        <Mark
          label={words.rescue}
          tone="text-warning"
          icon={<LifeBuoy size={size} aria-hidden="true" />}
        />
      )}
      {mark.protected && (
        <Mark
          label={words.protected}
          tone="text-running"
          icon={<ShieldCheck size={size} aria-hidden="true" />}
        />
      )}
      {note && (
        <Mark
          label={t`Note: ${note}`}
          tone="text-muted"
          icon={<StickyNote size={size} aria-hidden="true" />}
        />
      )}
    </>
  )
}

function Line({
  tone,
  icon,
  children,
}: {
  tone: string
  icon: ReactNode
  children: ReactNode
}) {
  return (
    <span className={`flex max-w-full min-w-0 items-center gap-1 ${tone}`}>
      <span className="shrink-0">{icon}</span>
      <span className="truncate">{children}</span>
    </span>
  )
}

/** The marks in words, where fingers can't point at an icon; nothing where there is none. */
export function InstanceMarkLines({ row: { mark } }: { row: Row }) {
  const words = useMarkWords()
  if (!mark?.rescue && !mark?.protected && !mark?.note && !mark?.fixture) return null
  const { note } = mark
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-xs">
      {mark.fixture && (
        <Line tone="text-muted" icon={<FlaskConical size={size} aria-hidden="true" />}>
          {words.fixture}
        </Line>
      )}
      {mark.rescue && (
        <Line tone="text-warning" icon={<LifeBuoy size={size} aria-hidden="true" />}>
          {words.rescue}
        </Line>
      )}
      {mark.protected && (
        <Line tone="text-running" icon={<ShieldCheck size={size} aria-hidden="true" />}>
          {words.protected}
        </Line>
      )}
      {note && (
        <Line tone="text-muted" icon={<StickyNote size={size} aria-hidden="true" />}>
          <Trans>
            Note: <bdi translate="no">{note}</bdi>
          </Trans>
        </Line>
      )}
    </div>
  )
}
