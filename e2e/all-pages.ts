/** The addresses of all pages that need no account. */
export const pages = [
  '/',
  '/instances',
  '/instances/new',
  '/wall',
  '/activity',
  '/activity/audit',
  '/activity/events',
  '/limits',
  '/settings',
  '/help',
  '/scenarios',
]

/** The pages of an instance, below its own address. */
export const tabs = [
  '',
  '/snapshots',
  '/volumes',
  '/network',
  '/activity',
  '/settings',
  '/data',
  '/console',
]
