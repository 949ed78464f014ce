/** Recognizes prompts in the last line of a text screen: of a shell, or for a password. */
import type { Reading } from './echo.ts'

/** The lens shows the cursor as an unknown cell, or as an underline beneath a blank. */
const withoutCursor = (line: string) => line.replace(/[▯_█\s]+$/u, '')

function lastShown({ lines }: Reading): string {
  return lines.map(withoutCursor).findLast((line) => line !== '') ?? ''
}

/** Also those of Windows' text tools and of other languages that Linux speaks. */
export const isPasswordPrompt = (reading: Reading): boolean =>
  /(?:pass(?:word|phrase)|passwort|kennwort|mot de passe|contraseña|senha)[^:]*:$/iu.test(
    lastShown(reading),
  )

export const isShellPrompt = (reading: Reading): boolean =>
  /[#$%>]$/u.test(lastShown(reading))

const trouble =
  /not found|no such|cannot|can't|can’t|denied|invalid|failed|failure|error|bad |unable|unknown|corrupt/iu

/**
 * The line of a command's output that looks like an error; undefined if there is none. The output is
 * what follows the last occurrence of `command`.
 */
export function complaintIn({ lines }: Reading, command: string): string | undefined {
  const start = command.slice(0, 24)
  // Behind a prompt: an answer may well repeat the command's name.
  const at = lines.findLastIndex((line) =>
    /[#$%>]\s*$/u.test(line.slice(0, Math.max(0, line.indexOf(start)))),
  )
  return lines.slice(at + 1).find((line) => trouble.test(line))
}
