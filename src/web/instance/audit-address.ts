/** The address of the log of one instance, person or other thing, since its beginning. */
export const auditOf = (target: string): string =>
  `/activity/audit?${new URLSearchParams({ range: 'all', target })}`
