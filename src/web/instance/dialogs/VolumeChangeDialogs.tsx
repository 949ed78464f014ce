/** The dialogs that rename a volume and make it larger. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { ChangeCall } from '#contract/call.ts'
import { NAME_MAX } from '#contract/limits.ts'
import { growRefusal, VOLUME_MAX_GIB } from '#contract/volumes.ts'

import { problemOf } from '../../api/client.ts'
import { useRow, type Row } from '../../api/inventory.ts'
import { growVolumeCall, renameVolumeCall } from '../../api/mutations.ts'
import { volumesQuery } from '../../api/queries.ts'
import { formatGib, gibUnit } from '../../components/format.ts'
import { useEntryWords } from '../../components/problem-words.ts'
import { useVolumeRefusalWords } from '../../components/volume-words.ts'
import { ZoneName } from '../../components/ZoneName.tsx'
import { Field } from '../../ui/Field.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { AskDialog, Consequences } from './AskDialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { partIn } from './part-in.ts'
import { useCall } from './use-call.ts'

/** The volume, and why nothing can be asked of it whatever is entered. */
function useVolume({ zone }: Row, volumeId = '') {
  const { t } = useLingui()
  const { part, isGone, isReading } = partIn(useQuery(volumesQuery(zone)), volumeId)
  const missing = isReading ? t`Loading…` : isGone ? t`This volume no longer exists.` : null
  return { volume: part, missing }
}

/** Reads the volumes again after the request: no operation shows that one has changed. */
function useVolumeCall(call: ChangeCall, onClose: () => void) {
  const queries = useQueryClient()
  return useCall(call, async () => {
    await queries.invalidateQueries({ queryKey: volumesQuery(call.zone).queryKey })
    onClose()
  })
}

function Subject({ zone, size }: { zone: string; size: number | undefined }) {
  return (
    <>
      <ZoneName zone={zone} />
      {size !== undefined && <span className="tabular-nums">{formatGib(size)}</span>}
    </>
  )
}

export function RenameVolumeDialog({ row, volumeId = '', onClose }: DialogProps) {
  const { t } = useLingui()
  const { volume, missing } = useVolume(row, volumeId)
  const name = volume?.name ?? volumeId
  const [typed, setTyped] = useState<string>()
  const text = typed ?? name
  const wanted = text.trim()
  const call = useVolumeCall(renameVolumeCall(row.zone, volumeId, wanted), onClose)
  const tooLong = wanted.length > NAME_MAX ? t`Use at most ${NAME_MAX} characters.` : null
  const same = wanted === name ? t`Enter a different name.` : null
  const empty = wanted ? null : t`Enter a name.`
  return (
    <AskDialog
      {...{ row, onClose, ...call }}
      verb={t`Rename volume ${name}`}
      disabledReason={missing ?? empty ?? tooLong ?? same}
      subject={<Subject zone={row.zone} size={volume?.size} />}
    >
      <Field
        label={t`New name`}
        error={tooLong}
        hint={t`The disk name in the operating system doesn’t change.`}
      >
        <TextInput
          value={text}
          translate="no"
          onChange={({ target }) => setTyped(target.value)}
        />
      </Field>
    </AskDialog>
  )
}

/**
 * Makes a volume larger, which can't be undone; no running instance may have it
 * (docs/platform.md#block-storage).
 */
export function GrowVolumeDialog({ row, volumeId = '', onClose }: DialogProps) {
  const { t } = useLingui()
  const wordsOf = useVolumeRefusalWords()
  const { volume, missing } = useVolume(row, volumeId)
  const holderId = volume?.instance?.id ?? ''
  const listed = useRow(row.zone, holderId)
  const holder = holderId === row.id ? row : listed
  const [typed, setTyped] = useState<number>()
  const now = volume?.size ?? 0
  const gib = typed ?? volume?.size ?? Number.NaN
  const name = volume?.name ?? volumeId
  const fits = Number.isInteger(gib) && gib > now
  const { mutation, calls } = useVolumeCall(
    growVolumeCall(row.zone, volumeId, gib),
    onClose,
  )
  const why = volume && growRefusal(volume, holder?.state)
  const more = gib - now
  const entryWords = useEntryWords()
  const wrongSize =
    mutation.error && problemOf(mutation.error).errors?.find(({ path }) => path === 'size')
  const refused = wrongSize && entryWords(wrongSize)
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Grow volume ${name}`}
      disabledReason={
        missing ?? (why ? wordsOf(why) : fits ? null : t`Choose a larger size.`)
      }
      calls={fits ? calls : undefined}
      subject={<Subject zone={row.zone} size={volume?.size} />}
    >
      <Field
        label={t`New size`}
        aside={
          <span className="tabular-nums">
            {volume?.size === undefined
              ? t`The current size is unknown.`
              : t`Current: ${now} GiB`}
          </span>
        }
        error={
          typed !== undefined && !fits
            ? t`Enter a whole number greater than ${now}.`
            : refused && t`The zone rejected this size: ${refused}`
        }
        hint={
          gib > VOLUME_MAX_GIB
            ? t`The documented maximum is ${VOLUME_MAX_GIB} GiB, so the zone may reject this.`
            : fits
              ? t`${more} GiB more than now`
              : t`A volume can’t be made smaller.`
        }
      >
        <NumberInput
          unit={gibUnit()}
          min={now + 1}
          value={Number.isFinite(gib) ? gib : ''}
          onChange={({ target }) => setTyped(target.valueAsNumber)}
        />
      </Field>
      <Consequences
        lines={[
          t`The volume becomes larger immediately. You can’t make it smaller again.`,
          <Trans key="inside">
            The file system keeps its size until you extend it in the operating system.
          </Trans>,
        ]}
      />
    </AskDialog>
  )
}
