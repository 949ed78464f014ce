import { Trans, useLingui } from '@lingui/react/macro'
import { Link as LinkIcon } from 'lucide-react'
import { useState } from 'react'
import { useFormContext } from 'react-hook-form'
import { useNavigate, useSearchParams } from 'react-router'

import { typeName } from '#contract/limits.ts'

import { formatClock } from '../../../components/format.ts'
import { announce } from '../../../ui/announce.ts'
import { Button } from '../../../ui/Button.tsx'
import { toast } from '../../../ui/toast.ts'
import { linkSearch } from './link.ts'
import { useChosen } from './use-create-form.ts'
import type { DraftState } from './use-draft.ts'
import type { CreateValues } from './values.ts'

/** Shows whether the draft is saved, with buttons to discard it and to copy its link. */
export function DraftBar({
  draft,
  onDiscard,
}: {
  draft: DraftState
  onDiscard: () => void
}) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const [copied, setCopied] = useState(false)
  const { getValues } = useFormContext<CreateValues>()
  const { template, type } = useChosen()
  const { savedAt, failed, drop } = draft
  const time = savedAt === undefined ? '' : formatClock(savedAt)
  const link = () => {
    const named = { template: template?.name ?? '', type: type ? typeName(type) : '' }
    return `${location.origin}/instances/new?${linkSearch(getValues(), named)}`
  }
  const discard = async () => {
    await drop()
    // What the form was filled in like stays; what a link chose doesn't.
    const kept = [...search].filter(([name]) => name === 'like' || name === 'again')
    const next = new URLSearchParams(kept)
    void navigate({ pathname: '/instances/new', search: `${next}` }, { replace: true })
    onDiscard()
  }
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link())
      setCopied(true)
      announce(t`Copied`)
    } catch {
      toast({ kind: 'info', title: t`Your browser blocked copying`, body: link() })
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <output
        role={failed ? 'alert' : undefined}
        className={failed ? 'text-error' : 'text-muted tabular-nums'}
      >
        {failed ? (
          <Trans>Couldn’t save draft</Trans>
        ) : savedAt === undefined ? null : (
          <Trans>Draft saved {time}</Trans>
        )}
      </output>
      {savedAt !== undefined && (
        <Button size="sm" variant="ghost" onClick={() => void discard()}>
          <Trans>Discard draft</Trans>
        </Button>
      )}
      <Button
        size="sm"
        variant="ghost"
        icon={<LinkIcon aria-hidden="true" size={14} />}
        onClick={() => void copy()}
      >
        {copied ? <Trans>Link copied</Trans> : <Trans>Copy link</Trans>}
      </Button>
    </div>
  )
}
