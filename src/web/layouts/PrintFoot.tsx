/** What a print says at its end and at the foot of each sheet: which page it shows, of when, and what of it isn't printed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useState } from 'react'
import { useLocation } from 'react-router'

import { sessionQuery } from '../api/queries.ts'
import { formatDateTime, formatNumber } from '../components/format.ts'
import { printedMost, usePrinting } from '../table/use-printing.ts'

/** The rows of the list that is shown; 0 without one. */
function rowsShown(): number {
  const rows = document
    .querySelector('[data-scrolls=list] [role=grid]')
    ?.getAttribute('aria-rowcount')
  return Math.max(0, Number(rows ?? 0) - 1)
}

export function PrintFoot() {
  const { t } = useLingui()
  const { data: session } = useQuery(sessionQuery)
  // The address in the print is that of the page at this moment.
  useLocation()
  const [{ at, rows }, setPrint] = useState(() => ({ at: Date.now(), rows: 0 }))
  const time = formatDateTime(at)
  const printed = t`Printed from Vedette, ${time}`
  useEffect(() => {
    // The browser waits for what these events change.
    const begin = () => {
      setPrint({ at: Date.now(), rows: rowsShown() })
      usePrinting.setState({ isPrinting: true })
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
  const most = formatNumber(printedMost)
  const count = formatNumber(rows)
  return (
    <footer
      data-part="print-foot"
      className="hidden gap-1 border-t pt-2 text-xs text-muted print:grid"
    >
      {rows > printedMost && (
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
