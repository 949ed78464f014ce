/**
 * Whether the server responds. If it does and a file of this page is missing, the server was updated since
 * the page was loaded.
 */
export async function isServerThere(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}
