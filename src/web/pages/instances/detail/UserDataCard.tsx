import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { USER_DATA_MAX_BYTES } from '#contract/limits.ts'
import { userDataSystem } from '#contract/user-data/systems.ts'

import { problemOf } from '../../../api/client.ts'
import { updateInstance } from '../../../api/mutations.ts'
import { instanceQuery } from '../../../api/queries.ts'
import { useOnce } from '../../../api/use-once.ts'
import { formatNumber } from '../../../components/format.ts'
import { MissingValue } from '../../../components/reading/MissingValue.tsx'
import { SendProblem } from '../../../components/SendProblem.tsx'
import { useBlock } from '../../../instance/actions.tsx'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Field } from '../../../ui/Field.tsx'
import { packUserData, unpackUserData } from '../user-data/encoding.ts'
import { usePacked } from '../user-data/use-packed.ts'
import { useUserDataLabel, useUserDataWords } from '../user-data/user-data-words.ts'
import { UserDataEditor } from '../user-data/UserDataEditor.tsx'
import { ZippedNote } from '../user-data/UserDataNotes.tsx'
import { WholeNames } from '../user-data/WholeNames.tsx'
import { useInstance } from './instance-context.ts'
import { useTemplate } from './use-template.ts'

/** The current user data, beside the edited one. */
function Now({ text }: { text: string }) {
  const { t } = useLingui()
  return (
    <div className="grid min-w-0 content-start gap-1">
      <p className="text-sm font-medium">
        <Trans>Current version</Trans>
      </p>
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        tabIndex={0}
        translate="no"
        aria-label={t`Current version`}
        className="ui-scroll max-h-64 overflow-auto rounded-md border border-border bg-sunken px-2.5 py-1.5 font-mono text-xs whitespace-pre-wrap"
      >
        {text || '–'}
      </pre>
    </div>
  )
}

/** The edited text, and the encoded text that was there when the editing began. */
type Draft = { text: string; shown: string }

/** Reads the user data, keeps an edit of it, and saves that. */
function useUserData() {
  const { row, detail } = useInstance()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Draft>()
  const system = userDataSystem(useTemplate())
  const encoded = detail?.['user-data'] ?? ''
  const read = useQuery({
    queryKey: ['user-data', row.zone, row.id, encoded],
    queryFn: async () => (await unpackUserData(encoded)) ?? null,
    enabled: detail !== undefined,
    staleTime: Infinity,
    // The text may contain secrets, so it is dropped with the page.
    gcTime: 0,
  })
  const save = useOnce({
    send: async (key, { text: wanted, shown }: Draft) => {
      const packed = await packUserData(wanted, system)
      return updateInstance(
        row,
        key,
        { 'user-data': packed.encoded },
        { 'user-data': shown },
      )
    },
    onSuccess: () => setDraft(undefined),
    // User data isn't in the list, so the feed doesn't report the change.
    onError: (error) =>
      problemOf(error).code === 'changed' &&
      queries.invalidateQueries({ queryKey: instanceQuery(row.zone, row.id).queryKey }),
  })
  const now = read.data
  const text = draft?.text ?? now ?? ''
  const packed = usePacked(text, system)
  const conflict = draft !== undefined && draft.shown !== encoded
  return { now, text, system, packed, encoded, draft, setDraft, save, conflict }
}

/** Someone else saved other user data during the edit: whose text to continue with. */
function Conflict({ onTheirs, onMine }: { onTheirs: () => void; onMine: () => void }) {
  const { t } = useLingui()
  return (
    <Banner kind="warning" title={t`Someone else made changes at the same time`}>
      <div className="mt-1 flex flex-wrap gap-2">
        <Button size="sm" onClick={onTheirs}>
          <Trans>Use their changes</Trans>
        </Button>
        <Button size="sm" onClick={onMine}>
          <Trans>Keep my changes</Trans>
        </Button>
      </div>
    </Banner>
  )
}

function NoText() {
  const { t } = useLingui()
  return (
    <Card title={t`User data`}>
      <p className="text-sm text-muted">
        <Trans>This user data isn’t text, so you can’t edit it here.</Trans>
      </p>
    </Card>
  )
}

/** The user data, which cloud-init reads at the first start; later starts read it only if configured so. */
export function UserDataCard() {
  const { t } = useLingui()
  const { row, detail, isReading } = useInstance()
  const block = useBlock(row, 'update-instance')
  const { now, text, system, packed, encoded, draft, setDraft, save, conflict } =
    useUserData()
  const label = useUserDataLabel(system)
  const wordsOf = useUserDataWords()
  const { bytes, plain, zipped } = packed
  if (now === undefined)
    return (
      <Card title={t`User data`}>
        <MissingValue isReading={isReading || detail !== undefined} className="h-62.5" />
      </Card>
    )
  if (now === null) return <NoText />
  const used = formatNumber(bytes)
  const most = formatNumber(USER_DATA_MAX_BYTES)
  const tooLong = bytes > USER_DATA_MAX_BYTES
  const changed = draft !== undefined && draft.text !== now
  return (
    <Card title={t`User data`}>
      <div className={changed ? 'grid gap-4 lg:grid-cols-2' : ''}>
        <Field
          label={label}
          hint={<WholeNames text={wordsOf(text, system)} />}
          error={tooLong ? t`Shorten the user data to at most ${most} bytes.` : null}
          aside={<span className="tabular-nums">{t`${used} of ${most} bytes`}</span>}
        >
          <UserDataEditor
            {...{ label, system }}
            value={text}
            onChange={(next) => setDraft({ text: next, shown: draft?.shown ?? encoded })}
          />
        </Field>
        {changed && <Now text={now} />}
      </div>
      <p className="mt-2 text-xs text-muted">
        {t`The operating system usually reads this only at the first start or after a reinstall.`}
      </p>
      {zipped && <ZippedNote plain={plain} />}
      {conflict && (
        <Conflict
          onTheirs={() => {
            save.reset()
            setDraft(undefined)
          }}
          onMine={() => {
            save.reset()
            setDraft({ text, shown: encoded })
          }}
        />
      )}
      {!conflict && <SendProblem sending={save} />}
      {changed && (
        <div className="mt-2 flex gap-2">
          <Button
            variant="primary"
            pending={save.isPending}
            disabledReason={
              tooLong
                ? t`Shorten the user data first.`
                : conflict
                  ? t`Resolve the conflict with the other changes first.`
                  : block
            }
            onClick={() => save.mutate(draft)}
          >
            <Trans>Save user data</Trans>
          </Button>
          <Button onClick={() => setDraft(undefined)}>
            <Trans>Discard changes</Trans>
          </Button>
        </div>
      )}
    </Card>
  )
}
