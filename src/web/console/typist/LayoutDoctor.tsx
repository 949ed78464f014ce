/** Finds out which keyboard layout an instance uses, by typing keys that differ. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { Button } from '../../ui/Button.tsx'
import type { ToolProps } from '../tool.ts'
import { layoutsSeen, type Reading } from './echo.ts'
import { layoutWords } from './layout-words.ts'
import { loadLayout, loadTables, type LayoutName } from './layouts-known.ts'
import { planText } from './plan.ts'
import { readAs } from './read-as.ts'
import type { Tap, Unit } from './stroke.ts'
import type { KeyboardLayout } from './use-keyboard-layout.ts'
import { useReading } from './use-reading.ts'
import { useTypist } from './use-typist.ts'

/** By their places on an American keyboard: none is dead anywhere, and all nine differ. */
const testKeys = 'qyzm;/,@#'

const backspace: Tap = { keysym: 0xff08, code: 'Backspace', held: [] }
const erase: Unit[] = [...testKeys].map(() => ({ character: '\b', taps: [backspace] }))

type Finding = { seen: LayoutName[]; shown: [LayoutName, string][] }

/** Types the test keys, reads the result from the screen, and erases them if it could be read. */
function useLayoutTest(props: ToolProps, onBusy: (busy: boolean) => void) {
  // A typist of its own, so that the test is not shown as the progress of the person's text.
  const typing = useTypist(props)
  const read = useReading(props.connection)
  const [finding, setFinding] = useState<Finding>()
  const [onScreen, setOnScreen] = useState(false)
  const test = async () => {
    onBusy(true)
    setFinding(undefined)
    try {
      const layout = await loadLayout('us', 'windows')
      const { units } = planText(testKeys, { kind: 'layout', layout })
      const tables = await loadTables()
      const { phase } = await typing.type(units)
      if (phase !== 'done') return
      const seenIn = (reading: Reading) => layoutsSeen(reading, units, tables)
      const reading = await read((one) => seenIn(one).length > 0)
      const seen = reading ? seenIn(reading) : []
      const shown = tables.map(([name, table]): [LayoutName, string] => [
        name,
        readAs(units, table) ?? '',
      ])
      // What could not be read stays on the screen until the person has read it.
      if (seen.length > 0) await typing.type(erase)
      setOnScreen(seen.length === 0)
      setFinding({ seen, shown })
    } finally {
      onBusy(false)
    }
  }
  const finish = () => {
    setFinding(undefined)
    if (onScreen) void typing.type(erase)
  }
  return { finding, test, finish }
}

function FoundLayouts({
  finding: { seen, shown },
  onUse,
}: {
  finding: Finding
  onUse: (name: LayoutName) => void
}) {
  const { t } = useLingui()
  const offered = shown.filter(([name]) => seen.length === 0 || seen.includes(name))
  return (
    <>
      <output>
        {seen.length > 0
          ? t`The instance seems to use:`
          : t`Select the text that the screen shows:`}
      </output>
      <ul className="grid gap-1">
        {offered.map(([name, text]) => (
          <li key={name} className="flex flex-wrap items-center gap-2">
            <code translate="no" className="w-24 font-mono">
              {text}
            </code>
            <Button size="sm" variant="ghost" onClick={() => onUse(name)}>
              {t(layoutWords[name])}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

export function LayoutDoctor({
  keyboard,
  textIsTyped,
  busy,
  onBusy,
  ...props
}: ToolProps & {
  keyboard: KeyboardLayout
  /** The person's text is being typed, and the test would fall into it. */
  textIsTyped: boolean
  busy: boolean
  onBusy: (busy: boolean) => void
}) {
  const { t } = useLingui()
  const { finding, test, finish } = useLayoutTest(props, onBusy)
  const use = (name: LayoutName) => {
    keyboard.choose(name)
    finish()
  }
  return (
    <details className="text-sm">
      <summary className="rounded-sm">
        <Trans>Detect keyboard layout</Trans>
      </summary>
      <div className="mt-2 grid justify-items-start gap-2">
        <p className="text-muted">
          <Trans>
            Types nine keys that differ between layouts, then erases them. Open a prompt
            that shows what you type first.
          </Trans>
        </p>
        <Button
          size="sm"
          pending={busy}
          disabledReason={textIsTyped ? t`Wait until your text has been typed.` : null}
          onClick={() => void test()}
        >
          <Trans>Start test</Trans>
        </Button>
        {finding && <FoundLayouts finding={finding} onUse={use} />}
      </div>
    </details>
  )
}
