/** Questions about a block volume that stays what it is: another name, and more room. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Call } from '#contract/call.ts'
import { NAME_MAX } from '#contract/limits.ts'
import { growRefusal, VOLUME_MAX_GIB } from '#contract/volumes.ts'

import { problemOf } from '../../api/client.ts'
import { useRow, type Row } from '../../api/inventory.ts'
import { growVolumeCall, renameVolumeCall, sendCall } from '../../api/mutations.ts'
import { volumesQuery } from '../../api/queries.ts'
import { useVolumeRefusalWords } from '../../components/volume-words.ts'
import { ZoneName } from '../../components/ZoneName.tsx'
import { Field } from '../../ui/Field.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { AskDialog, Consequences } from './AskDialog.tsx'
import type { DialogProps } from './InstanceDialogs.tsx'

function useVolume({ zone }: Row, volumeId = '') {
  const { data = [] } = useQuery(volumesQuery(zone))
  return data.find(({ id }) => id === volumeId)
}

/** Sends it, and reads the volumes again: no operation tells that one has grown. */
function useSend(call: Call, onClose: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => sendCall(call),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: volumesQuery(call.zone).queryKey })
      onClose()
    },
  })
}

function Subject({ zone, size }: { zone: string; size: number | undefined }) {
  return (
    <>
      <ZoneName zone={zone} />
      {size !== undefined && <span className="tabular-nums">{size} GiB</span>}
    </>
  )
}

export function RenameVolumeDialog({ row, volumeId = '', onClose }: DialogProps) {
  const { t } = useLingui()
  const volume = useVolume(row, volumeId)
  const name = volume?.name ?? volumeId
  const [typed, setTyped] = useState<string>()
  const text = typed ?? name
  const wanted = text.trim()
  const call = renameVolumeCall(row.zone, volumeId, wanted)
  const mutation = useSend(call, onClose)
  const tooLong = wanted.length > NAME_MAX ? t`Use at most ${NAME_MAX} characters.` : null
  const same = wanted === name ? t`This is already the name.` : null
  const empty = wanted ? null : t`Enter a name.`
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Rename volume ${name}`}
      disabledReason={
        volume ? (empty ?? tooLong ?? same) : t`This volume no longer exists.`
      }
      sameAs={[call]}
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

/** There is no way back, and what runs must not have it (exoscale-api.md 4.15). */
export function GrowVolumeDialog({ row, volumeId = '', onClose }: DialogProps) {
  const { t } = useLingui()
  const wordsOf = useVolumeRefusalWords()
  const volume = useVolume(row, volumeId)
  const holder = useRow(row.zone, volume?.instance?.id ?? '')
  const [typed, setTyped] = useState<number>()
  const now = volume?.size ?? 0
  const gib = typed ?? now
  const name = volume?.name ?? volumeId
  const fits = Number.isInteger(gib) && gib > now
  const call = growVolumeCall(row.zone, volumeId, gib)
  const mutation = useSend(call, onClose)
  const why = volume && growRefusal(volume, holder?.state)
  const more = gib - now
  const refused =
    mutation.error &&
    problemOf(mutation.error).errors?.find(({ path }) => path === 'size')?.message
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Grow volume ${name}`}
      disabledReason={
        !volume
          ? t`This volume no longer exists.`
          : why
            ? wordsOf(why)
            : fits
              ? null
              : t`Choose a larger size.`
      }
      {...(fits ? { sameAs: [call] } : {})}
      subject={<Subject zone={row.zone} size={volume?.size} />}
    >
      <Field
        label={t`New size`}
        aside={<span className="tabular-nums">{t`Current: ${now} GiB`}</span>}
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
          unit="GiB"
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
