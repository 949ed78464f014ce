import { useLingui } from '@lingui/react/macro'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'

import { announce } from './announce.ts'
import type { ButtonSize } from './button-class.ts'
import { IconButton } from './IconButton.tsx'

type CopyButtonProps = {
  text: string | (() => string)
  /** What is copied, if there are several buttons: "Copy address". */
  label?: string | undefined
  size?: ButtonSize | undefined
  className?: string | undefined
}

type Result = 'none' | 'copied' | 'refused'

export function CopyButton({ text, label, size = 'sm', className }: CopyButtonProps) {
  const { t } = useLingui()
  const [result, setResult] = useState<Result>('none')

  // Outside system: the clock. The tick gives way to the copy icon again.
  useEffect(() => {
    if (result === 'none') return
    const timer = window.setTimeout(() => setResult('none'), 2_000)
    return () => window.clearTimeout(timer)
  }, [result])

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
      setResult('copied')
      announce(t`Copied`)
    } catch {
      // No permission, or a page not served over a safe connection.
      setResult('refused')
      announce(t`Your browser blocked copying`, 'assertive')
    }
  }

  const words: Record<Result, string> = {
    none: label ?? t`Copy`,
    copied: t`Copied`,
    refused: t`Your browser blocked copying`,
  }
  return (
    <IconButton
      label={words[result]}
      size={size}
      className={`text-muted! ${className ?? ''}`}
      onClick={copy}
    >
      {result === 'copied' ? <Check className="text-running" /> : <Copy />}
    </IconButton>
  )
}
