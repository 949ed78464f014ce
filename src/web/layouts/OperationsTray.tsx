/**
 * Shows current operations: those in progress with their time, failures until a person
 * dismisses them, and successes for twenty seconds. Collapsed, as on a phone at first, it is one line
 * with the newest of them, failures first. The feed keeps all of them, so a reload loses nothing.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ChevronDown, ChevronUp, OctagonAlert } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Link } from 'react-router'

import { useInventory } from '../api/inventory.ts'
import { dot } from '../components/format.ts'
import { useNow } from '../hooks/use-now.ts'
import { useFourEyes } from '../stores/four-eyes.ts'
import { useTray } from '../stores/tray.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import {
  countOf,
  doneOf,
  failedOf,
  runningOf,
  trayChains,
  trayJobs,
  trayOperations,
  type Told,
} from './tray-operations.ts'

const OperationLine = lazy(async () => {
  const { OperationLine: component } = await import('./OperationLine.tsx')
  return { default: component }
})

const ChainLine = lazy(async () => {
  const { ChainLine: component } = await import('./ChainLine.tsx')
  return { default: component }
})

const JobLine = lazy(async () => {
  const { JobLine: component } = await import('./JobLine.tsx')
  return { default: component }
})

const ApprovalLines = lazy(async () => ({
  default: (await import('../instance/approvals/ApprovalLines.tsx')).ApprovalLines,
}))

/** What the head counts has its place below it until its lines are loaded. */
const lineToCome = (
  <li className="px-3 py-3">
    <Skeleton />
  </li>
)

/** What waits for a second person comes first. */
const Asked = (props: { now: number }) => (
  <Suspense fallback={lineToCome}>
    <ApprovalLines {...props} />
  </Suspense>
)

const NewestOfTray = lazy(async () => ({
  default: (await import('./NewestOfTray.tsx')).NewestOfTray,
}))

const More = ({ more }: { more: number }) => (
  <li className="px-3 py-2 text-sm">
    <Link to="/activity" className="ui-link">
      <Plural value={more} one="# more in Activity" other="# more in Activity" />
    </Link>
  </li>
)

const shownAtMost = 6

/** The tools of a console are at its side and its bottom, so there the tray is at the top. */
const besideTools =
  '[:root:has([data-tool],[data-part=touch])_&]:top-24 [:root:has([data-tool],[data-part=touch])_&]:bottom-auto md:[:root:has([data-place=side])_&]:end-94'

type CountsProps = { running: number; failed: number; done: number; asked: number }

function Counts({ running, failed, done, asked }: CountsProps) {
  const all = [
    running > 0 && (
      <Plural key="running" value={running} one="# in progress" other="# in progress" />
    ),
    failed > 0 && <Plural key="failed" value={failed} one="# failed" other="# failed" />,
    done > 0 && <Plural key="done" value={done} one="# done" other="# done" />,
    asked > 0 && (
      <Plural
        key="asked"
        value={asked}
        one="# waiting for confirmation"
        other="# waiting for confirmation"
      />
    ),
  ].filter(Boolean)
  return all.flatMap((one, at) => (at > 0 ? [dot, one] : [one]))
}

/** What the tray holds, in one line: how much of each, and if it is collapsed also the newest. */
function Head({ counts, newest }: { counts: CountsProps; newest: Told | undefined }) {
  const { t } = useLingui()
  const { folded, setFolded } = useTray()
  return (
    <div className="relative flex items-center gap-2 py-1 ps-3 pe-1 text-sm">
      {newest && counts.failed > 0 && (
        <OctagonAlert size={16} aria-hidden="true" className="shrink-0 text-error" />
      )}
      <p className="min-w-0 grow truncate">
        <span className={newest ? 'sr-only' : 'font-medium'}>
          <Trans>Operations</Trans>
        </span>{' '}
        <span className="text-muted tabular-nums">
          <Counts {...counts} />
        </span>
        {newest && (
          <Suspense>
            {Object.values(counts).some(Boolean) && dot}
            <NewestOfTray {...newest} />
          </Suspense>
        )}
      </p>
      <IconButton
        label={folded ? t`Expand operations` : t`Collapse operations`}
        size="sm"
        aria-expanded={!folded}
        // All of the line opens it.
        className={folded ? 'after:absolute after:inset-0' : ''}
        onClick={() => setFolded(!folded)}
      >
        {folded ? <ChevronUp /> : <ChevronDown />}
      </IconButton>
    </div>
  )
}

export function OperationsTray() {
  const { t } = useLingui()
  const operations = useInventory((state) => state.operations)
  const { folded, dismissed } = useTray()
  const allChains = useInventory((state) => state.chains)
  const allJobs = useInventory((state) => state.jobs)
  const approvals = useFourEyes((state) => state.approvals)
  const asked = approvals.length
  const now = useNow(operations.length + allChains.length + allJobs.length + asked > 0)
  const shown = trayOperations(operations, dismissed, now)
  const chains = trayChains(allChains, dismissed, now)
  const jobs = trayJobs(allJobs, dismissed, now)
  if (shown.length + chains.length + jobs.length + asked === 0) return null
  const all = { operations: shown, chains, jobs }
  const [failed, running] = [failedOf(all), runningOf(all)]
  const top = [failed, running, all].find((group) => countOf(group) > 0)
  const room = Math.max(0, shownAtMost - chains.length - jobs.length)
  const more = shown.length - room
  return (
    <section
      aria-label={t`Operations`}
      data-tray={folded ? 'folded' : 'open'}
      className={`fixed end-4 bottom-4 z-40 ${folded ? 'w-104' : 'w-88'} max-w-[calc(100%-2rem)] rounded-lg bg-surface shadow-float max-sm:start-4 max-sm:bottom-16 max-sm:w-auto forced-colors:border ${besideTools}`}
    >
      <Head
        counts={{
          running: countOf(running),
          failed: countOf(failed),
          // Open, it shows these themselves.
          done: folded && top === all ? countOf(doneOf(all)) : 0,
          asked: folded ? approvals.filter(({ state }) => state === 'waiting').length : 0,
        }}
        newest={folded ? top : undefined}
      />
      {!folded && (
        <ul className="ui-scroll max-h-80 divide-y divide-border overflow-y-auto border-t border-border">
          {asked > 0 && <Asked now={now} />}
          {jobs.length > 0 && (
            <Suspense fallback={lineToCome}>
              {jobs.map((job) => (
                <JobLine key={job.id} job={job} now={now} />
              ))}
            </Suspense>
          )}
          <Suspense fallback={lineToCome}>
            {chains.map((chain) => (
              <ChainLine key={chain.id} chain={chain} now={now} />
            ))}
          </Suspense>
          <Suspense fallback={lineToCome}>
            {shown.slice(0, room).map((operation) => (
              <OperationLine key={operation.id} operation={operation} now={now} />
            ))}
            {more > 0 && <More more={more} />}
          </Suspense>
        </ul>
      )}
    </section>
  )
}
