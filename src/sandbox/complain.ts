/** One line on stderr for what should not happen: the sandbox has no log of its own. */
export function complain(doing: string, error: unknown): void {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`sandbox: ${doing}: ${why.replaceAll(/\s*\n\s*/g, ' | ')}\n`)
}
