/** Names every path that the server has, for tests that try them all. */
import { endpoints } from '#contract/endpoints.ts'

export const knownId = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'

export const below = '/api/zones/ch-test-1'

const ownPaths = [
  '/',
  '/instances',
  '/healthz',
  '/readyz',
  '/metrics',
  '/api/session',
  '/api/sign-in',
  '/api/set-up',
  '/api/set-up-link',
  '/api/sign-out',
  '/api/here',
  '/api/password',
  '/api/demo-role',
  '/api/sessions',
  `/api/sessions/${knownId}`,
  '/api/people',
  `/api/people/${knownId}`,
  `/api/people/${knownId}/invitation`,
  '/api/inventory',
  '/api/events',
  '/api/shown',
  `/api/find/${knownId}`,
  '/api/kept/draft',
  '/api/jobs',
  `/api/jobs/${knownId}`,
  `/api/jobs/${knownId}/stop`,
  `${below}/timeline/${knownId}`,
  `${below}/usual`,
  `${below}/notes/${knownId}`,
  `${below}/snapshots/${knownId}`,
  `${below}/pictures/${knownId}`,
  `${below}/chains`,
  `${below}/creations`,
  `${below}/console/${knownId}`,
  '/assets/x.js',
  '/sandbox-console/x',
] as const

/** Every path that the server has. */
export const paths: readonly string[] = [
  ...ownPaths,
  ...Object.values(endpoints).map(
    ({ path }) =>
      below +
      path.replace(/\{([^}]+)\}/g, (_, name: string) =>
        name === 'name' ? 'laptop' : name === 'field' ? 'labels' : knownId,
      ),
  ),
]
