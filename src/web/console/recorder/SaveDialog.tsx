/** Saves a recording as a file, after a warning about what it may show. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'

import { formatBytes } from '../../components/format.ts'
import { sizeOf, startOf, type Recording } from '../../screen/recording/recording.ts'
import { packRecording } from '../../screen/recording/screen-file.ts'
import { spanOf } from '../../screen/recording/Timeline.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { LazyDialog } from '../../ui/LazyDialog.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { toast } from '../../ui/toast.ts'
import { fileName } from '../file-name.ts'

export function SaveDialog({
  recording,
  onClose,
}: {
  recording: Recording
  onClose: () => void
}) {
  const { t } = useLingui()
  // The recording at the time when the dialog opened; the recorder continues.
  const [kept] = useState(recording)
  const [pending, setPending] = useState(false)
  const isOpen = useRef(false)
  // Packing goes on outside React.
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
    }
  }, [])
  const length = spanOf(kept.endsAt - startOf(kept))
  const size = formatBytes(kept.segments.reduce((sum, one) => sum + sizeOf(one), 0))
  const save = async () => {
    setPending(true)
    try {
      const { name, zone } = kept
      const blob = await packRecording(kept)
      // What was canceled isn't saved.
      if (!isOpen.current) return
      const ending = 'vedette-screen'
      saveFile(fileName({ name, zone, id: name }, new Date(kept.endsAt), ending), blob)
      onClose()
    } catch {
      if (!isOpen.current) return
      toast({ kind: 'error', title: t`Couldn’t save the recording` })
      setPending(false)
    }
  }
  return (
    <LazyDialog
      open
      onClose={onClose}
      title={t`Save recording`}
      description={t`Length ${length} min, up to ${size}. Anyone with the file can play it on the Replay page, without access to the instance.`}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="primary" pending={pending} onClick={() => void save()}>
            <Trans>Save recording</Trans>
          </Button>
        </>
      }
    >
      <Banner kind="warning">
        <Trans>
          The recording shows everything that was on the screen, including visible
          passwords. It doesn’t include the keys that were pressed.
        </Trans>
      </Banner>
    </LazyDialog>
  )
}
