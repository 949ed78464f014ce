/** The file that is written when the builds are complete. */
export const stamp: string

/** A text that differs whenever a name or a content of the sources does. */
export function fingerprint(root: string): string

/** Whether the builds in dist are of other sources than those that are there. */
export function isStale(root: string): boolean
