/** Stores that fail while a test runs, and come back: each in a way in which real ones do. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findPostgres, startPostgres } from './test-postgres.ts'

export type Failing = {
  /** Where `openStore` finds it. */
  at: string
  fail(): Promise<void>
  recover(): Promise<void>
  close(): Promise<void>
}

export const postgresPrograms = findPostgres()

async function postgres(way: 'killed' | 'frozen'): Promise<Failing> {
  if (!postgresPrograms) throw new Error('PostgreSQL is not installed')
  const database = await startPostgres(postgresPrograms)
  return {
    at: database.url,
    fail: async () => (way === 'killed' ? database.kill() : database.freeze()),
    recover: async () => (way === 'killed' ? database.start() : database.thaw()),
    close: () => database.close(),
  }
}

/** Only root may make a disk that is full without filling a real one. */
export const canFillDisks = process.platform === 'linux' && process.getuid?.() === 0

async function fullDisk(): Promise<Failing> {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-full-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder])
  const ballast = join(folder, 'ballast')
  return {
    at: join(folder, 'vedette.db'),
    async fail() {
      const file = openSync(ballast, 'w')
      try {
        for (;;) writeSync(file, Buffer.alloc(4096))
      } catch {
        // The disk is full.
      }
      closeSync(file)
    },
    recover: async () => rmSync(ballast),
    async close() {
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true })
    },
  }
}

export const outages = {
  'a stopped PostgreSQL': () => postgres('killed'),
  'a frozen PostgreSQL': () => postgres('frozen'),
  'a full disk': fullDisk,
} satisfies Record<string, () => Promise<Failing>>

/** Whether this host can play an outage. */
export const canPlay = (name: keyof typeof outages): boolean =>
  name === 'a full disk' ? canFillDisks : postgresPrograms !== undefined
