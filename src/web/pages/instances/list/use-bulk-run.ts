/** Sends the same request for several instances, a few at a time, and keeps each result. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Instance, Operation } from '#contract/types.ts'

import { callZone, problemOf } from '../../../api/client.ts'
import type { Row } from '../../../api/inventory.ts'
import {
  addInstanceProtection,
  deleteInstance,
  rebootInstance,
  startInstance,
  stopInstance,
  updateInstance,
} from '../../../api/mutations.ts'
import { newKey } from '../../../api/once.ts'
import { sessionQuery } from '../../../api/queries.ts'
import { useProblemWords } from '../../../components/problem-words.ts'
import { takeSnapshot } from '../../../instance/snapshot-picture.ts'
import { eachOf, type BulkAction } from './bulk.ts'
import { keyOf } from './use-selection.ts'

const atOnce = 4

export type Label = { key: string; value: string }

/**
 * Reads the labels again before replacing them: Exoscale knows only the whole map
 * (docs/platform.md#labels).
 */
async function addLabel(row: Row, { key, value }: Label): Promise<Operation> {
  const now = await callZone<Instance>('get-instance', {
    zone: row.zone,
    parameters: { id: row.id },
  })
  return updateInstance(row, newKey(), {
    labels: { ...now.labels, [key.trim()]: value.trim() },
  })
}

/** `keepScreen`: the snapshot is taken with a screenshot. */
type Send = (row: Row, label: Label, keepScreen: boolean) => Promise<unknown>

const requests: Record<BulkAction, Send> = {
  start: (row) => startInstance(row, newKey()),
  stop: (row) => stopInstance(row, newKey()),
  reboot: (row) => rebootInstance(row, newKey()),
  snapshot: (row, _label, keepScreen) => takeSnapshot(row, newKey(), { keepScreen }),
  label: addLabel,
  protect: (row) => addInstanceProtection(row, newKey()),
  delete: (row) => deleteInstance(row, newKey()),
}

export type Result = { row: Row; refused: string | null }

/** Sends all requests, a few at a time; returns the progress and each result. */
export function useBulkRun(action: BulkAction, onSent: () => void, onClose: () => void) {
  const { data: session } = useQuery(sessionQuery)
  const wordsOf = useProblemWords()
  const [done, setDone] = useState<number>()
  const [results, setResults] = useState<Result[]>([])
  const run = async (rows: readonly Row[], label: Label) => {
    setDone(0)
    const settled = await eachOf(rows, atOnce, async (row) => {
      try {
        return await requests[action](row, label, session?.sandbox ?? false)
      } finally {
        setDone((count = 0) => count + 1)
      }
    })
    const latest = settled.flatMap((one, index): Result[] => {
      const row = rows[index]
      if (!row) return []
      const refused = one.status === 'rejected' ? wordsOf(problemOf(one.reason)) : null
      return [{ row, refused }]
    })
    const again = new Set(rows.map(keyOf))
    setResults((before) => [
      ...before.filter(({ row }) => !again.has(keyOf(row))),
      ...latest,
    ])
    setDone(undefined)
    onSent()
    // The tray shows what was accepted; only a rejection has to be read here.
    if (latest.every(({ refused }) => refused === null)) onClose()
  }
  return { run, done, results }
}
