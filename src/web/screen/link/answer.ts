/** How many bytes `looksLikeAnswer` needs. */
export const headBytes = 16

/**
 * Whether what came may be the answer to the question for the first pixel: an update that begins
 * there. Some servers answer with more than was asked for.
 */
export function looksLikeAnswer(head: readonly number[]): boolean {
  const [type, , high = 0, low = 0, ...origin] = head
  const atOrigin = origin.slice(0, 4).every((byte) => byte === 0)
  return head.length >= headBytes && type === 0 && high + low > 0 && atOrigin
}
