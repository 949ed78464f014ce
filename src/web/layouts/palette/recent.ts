/** The instances that were opened lately in this browser, by their keys, the latest first. */
const key = 'vedette:recent'
const most = 8

export function recentKeys(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

export function rememberOpened(opened: string): void {
  const next = [opened, ...recentKeys().filter((one) => one !== opened)].slice(0, most)
  try {
    localStorage.setItem(key, JSON.stringify(next))
  } catch {
    // Then nothing is recent.
  }
}
