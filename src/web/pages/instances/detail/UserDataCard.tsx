import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { USER_DATA_MAX_BYTES } from '#contract/limits.ts'

import { problemOf } from '../../../api/client.ts'
import { updateInstance } from '../../../api/mutations.ts'
import { templateQuery } from '../../../api/queries.ts'
import { formatNumber } from '../../../components/format.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Field } from '../../../ui/Field.tsx'
import { useBlock } from '../actions.tsx'
import { packUserData, unpackUserData } from '../user-data/encoding.ts'
import { usePacked } from '../user-data/use-packed.ts'
import { UserDataEditor } from '../user-data/UserDataEditor.tsx'
import { useInstance } from './instance-context.ts'

/** What the machine has now, beside what it is to have. */
function Now({ text }: { text: string }) {
  return (
    <div className="grid min-w-0 content-start gap-1">
      <p className="text-sm font-medium">
        <Trans>As it is now</Trans>
      </p>
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        tabIndex={0}
        translate="no"
        className="ui-scroll max-h-64 overflow-auto rounded-md border border-border bg-sunken px-2.5 py-1.5 font-mono text-xs whitespace-pre-wrap"
      >
        {text || '–'}
      </pre>
    </div>
  )
}

/** What the machine reads at its first start; later starts read it only if told to. */
export function UserDataCard() {
  const { t } = useLingui()
  const { row, detail } = useInstance()
  const block = useBlock(row)
  const [draft, setDraft] = useState<string>()
  const template = useQuery({
    ...templateQuery(row.zone, row.template?.id ?? ''),
    enabled: Boolean(row.template),
  })
  const isWindows = template.data?.family === 'windows'
  const encoded = detail?.['user-data'] ?? ''
  const read = useQuery({
    queryKey: ['user-data', row.zone, row.id, encoded],
    queryFn: async () => (await unpackUserData(encoded)) ?? null,
    enabled: detail !== undefined,
    staleTime: Infinity,
    // It may hold secrets: it goes with the page.
    gcTime: 0,
  })
  const save = useMutation({
    mutationFn: async (text: string) => {
      const packed = await packUserData(text, isWindows)
      return updateInstance(row, { 'user-data': packed.encoded })
    },
    onSuccess: () => setDraft(undefined),
  })
  const now = read.data
  const text = draft ?? now ?? ''
  const { bytes, plain, zipped } = usePacked(text, isWindows)
  if (now === undefined) return null
  if (now === null)
    return (
      <Card title={t`User-data`}>
        <p className="text-sm text-muted">
          <Trans>What it has is no text, so it can’t be edited here.</Trans>
        </p>
      </Card>
    )
  const used = formatNumber(bytes)
  const most = formatNumber(USER_DATA_MAX_BYTES)
  const before = formatNumber(plain)
  const tooLong = bytes > USER_DATA_MAX_BYTES
  const changed = draft !== undefined && draft !== now
  return (
    <Card title={t`User-data`}>
      <div className={changed ? 'grid gap-4 lg:grid-cols-2' : ''}>
        <Field
          label={t`For cloud-init`}
          hint={t`Normally read at the first start only, or after a reinstall.`}
          error={tooLong ? t`Shorten it to ${most} bytes.` : null}
          aside={<span className="tabular-nums">{t`${used} of ${most} bytes`}</span>}
        >
          <UserDataEditor label={t`For cloud-init`} value={text} onChange={setDraft} />
        </Field>
        {changed && <Now text={now} />}
      </div>
      {zipped && (
        <p className="mt-2 text-xs text-muted">
          {t`Sent zipped, because that is shorter than its ${before} bytes. Cloud-init unzips it; elsewhere it can’t be read as text.`}
        </p>
      )}
      {save.error && <ProblemNotice problem={problemOf(save.error)} />}
      {changed && (
        <div className="mt-2 flex gap-2">
          <Button
            variant="primary"
            pending={save.isPending}
            disabledReason={tooLong ? t`It is too long.` : block}
            onClick={() => save.mutate(draft)}
          >
            <Trans>Save user-data</Trans>
          </Button>
          <Button onClick={() => setDraft(undefined)}>
            <Trans>Discard</Trans>
          </Button>
        </div>
      )}
    </Card>
  )
}
