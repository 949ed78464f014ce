/**
 * Computes the keys for a change of the field that an on-screen keyboard types into. Such keyboards
 * send no keys: they compose, correct and complete, and only the field's value shows the result. The
 * instance's cursor is at the end, so everything from the first difference on is erased and typed
 * again.
 */
export type Typed = { erase: number; text: string }

export function typedDiff(before: string, after: string): Typed {
  const old = [...before]
  const now = [...after]
  let same = 0
  while (same < old.length && old[same] === now[same]) same += 1
  return { erase: old.length - same, text: now.slice(same).join('') }
}
