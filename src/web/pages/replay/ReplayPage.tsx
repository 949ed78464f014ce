/** Plays a recorded screen from a file, without a sign-in, a zone or the instance. */
import { Trans, useLingui } from '@lingui/react/macro'
import { FolderOpen } from 'lucide-react'
import { useEffect, useRef, useState, type DragEvent, type ReactNode } from 'react'

import { dot, formatDateTime } from '../../components/format.ts'
import { useRightBlock } from '../../components/people/right-words.ts'
import { UnsafeLine } from '../../components/UnsafeLine.tsx'
import { preloadNovnc } from '../../screen/load-novnc.ts'
import type { Recording } from '../../screen/recording/recording.ts'
import { unpackRecording } from '../../screen/recording/screen-file.ts'
import { announce } from '../../ui/announce.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { useFileWords } from './file-words.ts'
import { Theatre } from './Theatre.tsx'

function useFile() {
  const { t } = useLingui()
  const fileWords = useFileWords()
  const [recording, setRecording] = useState<Recording>()
  const [problem, setProblem] = useState('')
  const [opening, setOpening] = useState(false)
  const open = async (file: File | undefined) => {
    if (!file) return
    setOpening(true)
    setProblem('')
    try {
      const next = await unpackRecording(file)
      const { name } = next
      setRecording(next)
      announce(t`Opened recording of ${name}`)
    } catch (error) {
      setProblem(fileWords(file.name, error))
    } finally {
      setOpening(false)
    }
  }
  return { recording, problem, opening, open }
}

function FileButton({
  again,
  opening,
  onChoose,
}: {
  /** A recording is open already. */
  again: boolean
  opening: boolean
  onChoose: () => void
}) {
  return (
    <Button
      size={again ? 'sm' : 'md'}
      variant={again ? 'ghost' : 'primary'}
      icon={<FolderOpen />}
      pending={opening}
      onClick={onChoose}
    >
      {again ? <Trans>Open another file…</Trans> : <Trans>Choose a file…</Trans>}
    </Button>
  )
}

function ReplayHeader({
  recording,
  children,
}: {
  recording: Recording | undefined
  children: ReactNode
}) {
  return (
    <header className="flex h-10 shrink-0 items-center gap-2 bg-surface px-3">
      <Mark />
      <h1 className="text-sm font-semibold">
        <Trans>Replay</Trans>
      </h1>
      {recording && (
        <span className="min-w-0 truncate text-xs text-muted">
          <bdi translate="no">{recording.name}</bdi>
          {dot}
          {formatDateTime(recording.endsAt)}
          <span className="max-sm:hidden">
            {dot}
            {recording.zone}
          </span>
        </span>
      )}
      <span className="grow" />
      {children}
    </header>
  )
}

/** A file dropped on the element is opened; `over` while one is held above it. */
function useFileDrop(open: (file: File | undefined) => void) {
  const [over, setOver] = useState(false)
  const dropTarget = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      open(event.dataTransfer.files[0])
    },
  }
  return { over, dropTarget }
}

export function ReplayPage() {
  const { t } = useLingui()
  const { recording, problem, opening, open } = useFile()
  const picker = useRef<HTMLInputElement>(null)
  const { over, dropTarget } = useFileDrop((file) => void open(file))
  // The page works without a network once noVNC is here, so it is fetched before a file is chosen.
  useEffect(preloadNovnc, [])
  const block = useRightBlock()('play')
  const name = recording?.name
  const choose = (
    <FileButton
      again={recording !== undefined}
      opening={opening}
      onChoose={() => picker.current?.click()}
    />
  )
  return (
    <div
      className={`ui-dark flex h-dvh flex-col bg-black text-text ${over ? 'outline-2 -outline-offset-4 outline-accent outline-dashed' : ''}`}
      {...dropTarget}
    >
      <title>{name ? t`${name} · Replay · Vedette` : t`Replay · Vedette`}</title>
      <UnsafeLine />
      <ReplayHeader recording={recording}>
        {recording && !block && choose}
        <input
          ref={picker}
          type="file"
          accept=".vedette-screen"
          aria-label={t`Recording file`}
          className="hidden"
          onChange={({ target }) => {
            void open(target.files?.[0])
            // The same file may be chosen again.
            target.value = ''
          }}
        />
      </ReplayHeader>
      <main className="flex min-h-0 grow flex-col">
        {problem && (
          <Banner kind="error" className="m-3">
            {problem}
          </Banner>
        )}
        {block ? (
          <EmptyState className="m-auto" title={t`Your role doesn’t include recordings`}>
            {block}
          </EmptyState>
        ) : recording ? (
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
