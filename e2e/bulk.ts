/** Provides the steps of tests for several instances: the dialog, the job, and its end. */
import type { Locator, Page } from '@playwright/test'

import type { Job, JobDetail } from '#contract/job.ts'

import { expect, type Running } from './app.ts'
import { ask } from './ask.ts'
import { dialog, openList, searchFor } from './vocabulary.ts'
import { inventoryOf } from './zone.ts'

export const tray = (page: Page) => page.getByRole('region', { name: 'Operations' })
export const jobDialog = (page: Page, name: string | RegExp) =>
  page.getByRole('dialog', { name })
export const progress = (job: Locator) => job.getByRole('status', { name: 'Progress' })

export async function select(page: Page, ...names: string[]): Promise<void> {
  for (const name of names)
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()
}

/** Opens the question of an action for all rows that match, and answers its title. */
export async function askAll(page: Page, search: string, button: string): Promise<string> {
  await openList(page)
  await searchFor(page, search)
  await page.getByRole('checkbox', { name: 'Select all visible instances' }).check()
  await page.getByRole('button', { name: button }).click()
  return (await (await dialog(page)).getByRole('heading').first().textContent()) ?? ''
}

/** Confirms the open question, with its number where that is wanted. */
export async function confirm(page: Page, title: string): Promise<void> {
  const asking = await dialog(page)
  const number = asking.getByRole('textbox', { name: /^Type/ })
  if ((await number.count()) > 0) await number.fill(/\d+/.exec(title)?.[0] ?? '')
  await asking.getByRole('button', { name: title }).click()
}

export const close = (job: Locator) =>
  job.getByRole('button', { name: 'Close', exact: true }).last().click()

/** The newest job as the server knows it, with its results. */
export async function newestJob(app: Running): Promise<JobDetail> {
  const { jobs } = await inventoryOf(app)
  const [newest] = jobs.toSorted((a, b) => b.startedAt - a.startedAt)
  return ask<JobDetail>(app, `/jobs/${newest?.id}`)
}

/** The newest job when nothing more happens in it. */
export async function endOf(app: Running): Promise<JobDetail> {
  await expect
    .poll(async () => (await newestJob(app)).endedAt, { timeout: 60_000 })
    .toBeDefined()
  return newestJob(app)
}

export const sum = ({ counts }: Pick<Job, 'counts'>) =>
  Object.values(counts).reduce((one, other) => one + other, 0)
