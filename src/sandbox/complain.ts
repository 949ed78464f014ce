/** Writes one line to stderr for unexpected errors, because the sandbox has no log. */
export function complain(doing: string, error: unknown): void {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`sandbox: ${doing}: ${why.replaceAll(/\s*\n\s*/g, ' | ')}\n`)
}
