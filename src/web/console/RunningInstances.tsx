/** Lists the running instances, with a search, for a choice of the next screen. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import type { Row } from '../api/inventory.ts'
import { shortId, useIsNamesake } from '../components/namesakes/namesakes.ts'
import { ZoneName } from '../components/ZoneName.tsx'
import { ScreenLink } from '../screen/ScreenLink.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { nameOf, useRunning } from './use-running.ts'

const mostShown = 50

export function RunningInstances({ row }: { row: Row | undefined }) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  const running = useRunning()
  const isNamesake = useIsNamesake()
  const wanted = text.trim().toLowerCase()
  const found = running.filter((one) => nameOf(one).toLowerCase().includes(wanted))
  return (
    <div className="grid w-72 max-w-full gap-2">
      <TextInput
        type="search"
        aria-label={t`Search running instances`}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <ul className="ui-scroll max-h-80 overflow-auto">
        {found.slice(0, mostShown).map((one) => (
          <li key={one.key}>
            <ScreenLink
              row={one}
              aria-current={one.key === row?.key ? 'page' : undefined}
              className="flex min-h-8 items-center gap-2 rounded-md px-2 text-sm no-underline hover:bg-hover aria-[current]:bg-selected pointer-coarse:min-h-11"
            >
              <bdi translate="no" className="min-w-0 grow truncate">
                {nameOf(one)}
              </bdi>
              <span className="text-xs text-muted">
                {isNamesake(one) && <code translate="no">{shortId(one.id)} </code>}
                <ZoneName zone={one.zone} />
              </span>
            </ScreenLink>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className="text-sm text-muted">
          <Trans>No running instances match this name</Trans>
        </p>
      )}
    </div>
  )
}
