/** What is unusual about the text of a user data field, each with a way to change it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState, type ReactNode } from 'react'

import { formatNumber } from '../../../components/format.ts'
import { Button } from '../../../ui/Button.tsx'
import { textInBase64 } from './base64.ts'
import { hasOtherEnds, withLf } from './line-ends.ts'
import { WholeNames } from './WholeNames.tsx'

const mark = '\ufeff'

/** The text inside Base64; undefined until that is known, and where it is no Base64. */
function useDecoded(text: string): string | undefined {
  const [found, setFound] = useState<{ of: string; decoded: string | undefined }>()
  useEffect(() => {
    let current = true
    const look = async () => {
      const decoded = await textInBase64(text)
      if (current) setFound({ of: text, decoded })
    }
    void look()
    return () => {
      current = false
    }
  }, [text])
  return found?.of === text ? found.decoded : undefined
}

function Line({
  action,
  onAction,
  children,
}: {
  action: string
  onAction: () => void
  children: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 text-xs text-muted">
      <span>{children}</span>
      <Button size="sm" onClick={onAction}>
        {action}
      </Button>
    </div>
  )
}

/** Says that a text is compressed, which other tools than cloud-init don't expect. */
export function ZippedNote({ plain }: { plain: number }) {
  const { t } = useLingui()
  const before = formatNumber(plain)
  return (
    <p className="text-xs text-muted">
      <WholeNames
        text={t`Compressed before sending, because the text is ${before} bytes long. cloud-init decompresses it automatically. Other tools can’t read it as text.`}
      />
    </p>
  )
}

export function UserDataNotes({
  value,
  onChange,
}: {
  value: string
  onChange: (text: string) => void
}) {
  const { t } = useLingui()
  const decoded = useDecoded(value)
  return (
    <>
      {decoded !== undefined && (
        <Line action={t`Decode Base64`} onAction={() => onChange(decoded)}>
          <Trans>This looks like Base64. Vedette encodes user data automatically.</Trans>
        </Line>
      )}
      {value.startsWith(mark) && (
        <Line action={t`Remove BOM`} onAction={() => onChange(value.slice(mark.length))}>
          <WholeNames
            text={t`The text starts with an invisible BOM, which cloud-init doesn’t understand.`}
          />
        </Line>
      )}
      {hasOtherEnds(value) && (
        <Line action={t`Convert to LF`} onAction={() => onChange(withLf(value))}>
          <Trans>Lines end with CRLF, as on Windows. Changed lines keep that.</Trans>
        </Line>
      )}
    </>
  )
}
