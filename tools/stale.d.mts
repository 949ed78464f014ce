/** The file that is written when the builds are complete. */
export const stamp: string

/** Whether the builds in dist are older than what they are made from. */
export function isStale(root: string): boolean
