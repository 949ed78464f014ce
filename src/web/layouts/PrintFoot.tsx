/** What a print says at its end and at the foot of each sheet: which page it shows, of when, and what of it isn't printed. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'react-router'

import { sessionQuery } from '../api/queries.ts'
import { formatDateTime, formatNumber } from '../components/format.ts'
import { printedMost, usePrinting } from '../table/use-printing.ts'

type Printed = {
  /** Instances of the list, with those of collapsed groups; 0 without a list. */
  count: number
  /** Those that have a row in the print. */
  shown: number
  /** Whether rows are lacking for being too many. */
  isCut: boolean
}

const nothing: Printed = { count: 0, shown: 0, isCut: false }

/** What the list on the page prints. Its rows are those of the print already. */
function printedList(): Printed {
  const grid = document.querySelector('[data-scrolls=list] [role=grid]')
  if (!grid) return nothing
  return {
    count: Number(grid.getAttribute('data-count')),
    shown: grid.querySelectorAll('tbody th[scope=row]').length,
    // The first row is the head.
    isCut: Number(grid.getAttribute('aria-rowcount')) - 1 > printedMost,
  }
}

export function PrintFoot() {
  const { t } = useLingui()
  const { data: session } = useQuery(sessionQuery)
  // The address in the print is that of the page at this moment.
  useLocation()
  const [print, setPrint] = useState(() => ({ at: Date.now(), ...nothing }))
  const time = formatDateTime(print.at)
  const printed = t`Printed from Vedette, ${time}`
  useEffect(() => {
    // The browser waits for what these events change.
    const begin = () => {
      // Only what is rendered tells which rows are printed.
      flushSync(() => usePrinting.setState({ isPrinting: true }))
      flushSync(() => setPrint({ at: Date.now(), ...printedList() }))
    }
    const end = () => usePrinting.setState({ isPrinting: false })
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
  const sheetFoot = session?.sandbox ? `${t`Sandbox`} · ${printed}` : printed
  // Only a style sheet reaches the margins of paper. Firefox shows nothing there.
  useLayoutEffect(() => {
    const styles = new CSSStyleSheet()
    // What JSON writes is a string in CSS, too.
    styles.replaceSync(`@page { @bottom-left { content: ${JSON.stringify(sheetFoot)} } }`)
    document.adoptedStyleSheets.push(styles)
    return () => {
      const { adoptedStyleSheets } = document
      adoptedStyleSheets.splice(adoptedStyleSheets.indexOf(styles), 1)
    }
  }, [sheetFoot])
  const most = formatNumber(print.shown)
  const count = formatNumber(print.count)
  const folded = print.isCut ? 0 : print.count - print.shown
  return (
    <footer
      data-part="print-foot"
      className="hidden gap-1 border-t pt-2 text-xs text-muted print:grid"
    >
      {folded > 0 && (
        <p className="font-medium">
          {t`${plural(folded, { one: '# instance in a collapsed group isn’t printed.', other: '# instances in collapsed groups aren’t printed.' })}`}
        </p>
      )}
      {print.isCut && (
        <p className="font-medium">
          <Trans>
            Only the first {most} of {count} instances are printed. Export the list to get
            all of them.
          </Trans>
        </p>
      )}
      <p>{sheetFoot}</p>
      <p translate="no" className="break-all">
        {location.href}
      </p>
    </footer>
  )
}
