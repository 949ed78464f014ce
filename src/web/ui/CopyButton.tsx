import { useLingui } from '@lingui/react/macro'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'

import { announce } from './announce.ts'
import type { ButtonSize } from './button-class.ts'
import { IconButton } from './IconButton.tsx'
import { toast } from './toast.ts'

type CopyButtonProps = {
  text: string | (() => string)
  /** What is copied, if there are several buttons: "Copy address". */
  label?: string | undefined
  size?: ButtonSize | undefined
  className?: string | undefined
}

export function CopyButton({ text, label, size = 'sm', className }: CopyButtonProps) {
  const { t } = useLingui()
  const [copied, setCopied] = useState(false)

  // Outside system: the clock. The tick gives way to the copy icon again.
  useEffect(() => {
    if (!copied) return
    const timer = window.setTimeout(() => setCopied(false), 2_000)
    return () => window.clearTimeout(timer)
  }, [copied])

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
      setCopied(true)
      announce(t`Copied`)
    } catch {
      // No permission, or a page not served over a safe connection. The tooltip closed with the press.
      setCopied(false)
      toast({ kind: 'error', id: 'copied', title: t`Your browser blocked copying` })
    }
  }

  return (
    <IconButton
      label={copied ? t`Copied` : (label ?? t`Copy`)}
      size={size}
      className={`text-muted! ${className ?? ''}`}
      onClick={copy}
    >
      {copied ? <Check className="text-running" /> : <Copy />}
    </IconButton>
  )
}
