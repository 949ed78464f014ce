/** Bounds how long something waits for the store. */
import { StoreOutage } from './outage.ts'

/** The result of `work`, or a `StoreOutage` after so many milliseconds; `work` goes on, and its errors are then dropped. */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new StoreOutage(new Error(`no answer in ${ms} ms`))),
      ms,
    )
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
