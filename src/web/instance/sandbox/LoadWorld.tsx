/** Loads a world of the sandbox, after a question if changes would be lost. */
import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'

import type { ScenarioId } from '#contract/sandbox/scenario.ts'

import { problemOf } from '../../api/client.ts'
import { readInventoryAgain } from '../../api/feed.ts'
import { loadWorld, sandboxQuery } from '../../api/sandbox.ts'
import { useOnce } from '../../api/use-once.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { useScenarioWords } from '../../components/sandbox/scenario-words.ts'
import { Button } from '../../ui/Button.tsx'
import { CancelButton } from '../../ui/CancelButton.tsx'
import { LazyDialog } from '../../ui/LazyDialog.tsx'

/** A scenario; null for the demo's own world. */
export type World = ScenarioId | null

/** `ask` loads a world; render `question` somewhere on the page. */
export function useLoadWorld() {
  const { t } = useLingui()
  const words = useScenarioWords()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [asked, setAsked] = useState<{ world: World }>()
  const load = useOnce({
    send: (_key, world: World) => loadWorld(world),
    async onSuccess(state, world) {
      // Instances of the world before are gone: a row of one, or an open page, would lead nowhere.
      await readInventoryAgain()
      setAsked(undefined)
      queries.setQueryData(sandboxQuery.queryKey, state)
      await navigate(world === null ? '/instances' : words[world].to)
      await queries.invalidateQueries()
    },
    onError: (_error, world) => setAsked({ world }),
  })
  const close = () => {
    setAsked(undefined)
    load.reset()
  }
  const ask = async (world: World) => {
    // What was changed a moment ago counts too.
    const state = await queries
      .fetchQuery({ ...sandboxQuery, staleTime: 0 })
      .catch(() => undefined)
    if (state && !state.changed) load.mutate(world)
    else setAsked({ world })
  }
  const world = asked?.world ?? null
  const question = (
    <LazyDialog
      open={asked !== undefined}
      onClose={close}
      size="sm"
      role="alertdialog"
      dismissible={!load.isPending}
      title={world === null ? t`Reset sandbox` : words[world].title}
      description={t`The sandbox gets new instances. Your changes in it are lost, and open screens close. You can’t undo this.`}
      footer={
        <>
          <CancelButton pending={load.isPending} onClick={close} />
          <Button
            variant="danger"
            pending={load.isPending}
            onClick={() => load.mutate(world)}
          >
            {world === null ? t`Reset sandbox` : t`Start scenario`}
          </Button>
        </>
      }
    >
      {load.error && <ProblemNotice problem={problemOf(load.error)} />}
    </LazyDialog>
  )
  return { ask: (next: World) => void ask(next), question, isPending: load.isPending }
}
