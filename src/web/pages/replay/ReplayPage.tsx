/** Plays a recorded screen from a file; no machine, no zone and no sign-in has a part in it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { FolderOpen } from 'lucide-react'
import { useEffect, useRef, useState, type DragEvent } from 'react'

import { formatDateTime } from '../../components/format.ts'
import { preloadNovnc } from '../../screen/load-novnc.ts'
import type { Recording } from '../../screen/recording/recording.ts'
import { NotAScreenFile, unpackRecording } from '../../screen/recording/screen-file.ts'
import { announce } from '../../ui/announce.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Theatre } from './Theatre.tsx'

function useFile() {
  const { t } = useLingui()
  const [recording, setRecording] = useState<Recording>()
  const [problem, setProblem] = useState('')
  const [opening, setOpening] = useState(false)
  const open = async (file: File | undefined) => {
    if (!file) return
    setOpening(true)
    setProblem('')
    try {
      const next = await unpackRecording(file)
      setRecording(next)
      announce(t`Opened recording of ${next.name}`)
    } catch (error) {
      const why = error instanceof NotAScreenFile ? error.message : ''
      setProblem(t`Can’t open ${file.name}. ${why}`)
    } finally {
      setOpening(false)
    }
  }
  return { recording, problem, opening, open }
}

export function ReplayPage() {
  const { t } = useLingui()
  const { recording, problem, opening, open } = useFile()
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  // Once the page is there it needs nobody: the viewer is fetched before a file is chosen.
  useEffect(preloadNovnc, [])
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void open(event.dataTransfer.files[0])
  }
  const choose = (
    <Button
      size={recording ? 'sm' : 'md'}
      variant={recording ? 'ghost' : 'primary'}
      icon={<FolderOpen />}
      pending={opening}
      onClick={() => picker.current?.click()}
    >
      {recording ? <Trans>Open another file…</Trans> : <Trans>Choose a file…</Trans>}
    </Button>
  )
  return (
    <div
      className={`ui-dark flex h-dvh flex-col bg-black text-text ${over ? 'outline-2 -outline-offset-4 outline-accent outline-dashed' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <title>
        {recording ? t`${recording.name} · Replay · Vedette` : t`Replay · Vedette`}
      </title>
      <header className="flex h-10 shrink-0 items-center gap-2 bg-surface px-3">
        <Mark />
        <h1 className="text-sm font-semibold">
          <Trans>Replay</Trans>
        </h1>
        {recording && (
          <span className="min-w-0 truncate text-xs text-muted">
            <bdi translate="no">{recording.name}</bdi> · {formatDateTime(recording.endsAt)}
            <span className="max-sm:hidden"> · {recording.zone}</span>
          </span>
        )}
        <span className="grow" />
        {recording && choose}
        <input
          ref={picker}
          type="file"
          accept=".vedette-screen"
          aria-label={t`Recording`}
          className="hidden"
          onChange={({ target }) => {
            void open(target.files?.[0])
            // The same file may be chosen again.
            target.value = ''
          }}
        />
      </header>
      <main className="flex min-h-0 grow flex-col">
        {problem && (
          <Banner kind="error" className="m-3">
            {problem}
          </Banner>
        )}
        {recording ? (
          <Theatre key={recording.endsAt} recording={recording} />
        ) : (
          <div className="grid grow place-content-center justify-items-center gap-4 p-6 text-center">
            <p className="max-w-md text-sm text-muted">
              <Trans>
                Drop a .vedette-screen file here or choose one. The recording plays in your
                browser and isn’t uploaded.
              </Trans>
            </p>
            {choose}
          </div>
        )}
      </main>
      <LiveRegion />
    </div>
  )
}
