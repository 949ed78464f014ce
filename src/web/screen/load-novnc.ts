/**
 * Loads noVNC, only where a screen is shown. Its module waits for a trial of an H.264
 * decoder that never ends on some browsers (docs/vnc.md#the-h264-probe). While the decoder
 * class is hidden there is no trial, and no console proxy sends H.264. How much of a module has come
 * is not reported, so its limit is what a slow line takes.
 */
const patienceMs = 60_000

async function load() {
  const decoder = Object.getOwnPropertyDescriptor(globalThis, 'VideoDecoder')
  if (decoder?.configurable) Reflect.deleteProperty(globalThis, 'VideoDecoder')
  try {
    return (await import('@novnc/novnc')).default
  } finally {
    if (decoder?.configurable) Object.defineProperty(globalThis, 'VideoDecoder', decoder)
  }
}

let loading: ReturnType<typeof load> | undefined

/**
 * The RFB class. A load that takes too long throws and can be awaited again; one that failed stays
 * failed until the page is reloaded, because browsers cache the failure of a module.
 */
export async function loadNovnc() {
  loading ??= load()
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(
      () => reject(new Error('The console viewer took too long to load.')),
      patienceMs,
    )
  })
  try {
    return await Promise.race([loading, late])
  } catch (error) {
    loading = undefined
    throw error
  }
}

/** Starts the load early, when someone is likely to open a screen. */
export function preloadNovnc(): void {
  loadNovnc().catch(() => undefined)
}
