/**
 * Makes the audit trail of the last days in the demo data (docs/platform.md#events).
 */
import type { ZoneEvent } from '#contract/types.ts'

import { timestamp } from '../clock.ts'
import { stableId } from '../stable-id.ts'
import type { ZoneStore } from '../world.ts'

type Line = [hoursAgo: number, who: string, handler: string, instance: string, refused?: 1]

const past: Line[] = [
  [312, 'ana@example.com', 'add-instance-protection', 'shop-db-01'],
  [311, 'ana@example.com', 'add-instance-protection', 'shop-db-02'],
  [168, 'ci', 'create-snapshot', 'shop-db-01'],
  [120, 'ana@example.com', 'stop-instance', 'old-wiki'],
  [71, 'ben@example.com', 'stop-instance', 'db-staging'],
  [48, 'ci', 'create-snapshot', 'web-01'],
  [26, 'ben@example.com', 'delete-instance', 'shop-db-01', 1],
  [20, 'ci', 'reboot-instance', 'web-staging'],
  [9, 'ana@example.com', 'stop-instance', 'build-runner'],
  [3, 'ben@example.com', 'start-instance', 'fails-on-start'],
  [2, 'ana@example.com', 'start-instance', 'stuck-starting'],
]

const paths: Record<string, string> = {
  'delete-instance': '',
  'create-snapshot': ':create-snapshot',
  'add-instance-protection': ':add-protection',
  'stop-instance': ':stop',
  'start-instance': ':start',
  'reboot-instance': ':reboot',
}

const keyOfCi = { name: 'ci', key: 'EXO00000000000000000000c1c1' }

/** The role of the people; every user has one. */
const operators = { id: stableId('role operators'), name: 'operators' }

/** Oldest first, as they happened. */
export function seedEvents(zones: ZoneStore[], now: number): ZoneEvent[] {
  return past.flatMap(([hours, who, handler, name, refused]) => {
    for (const zone of zones) {
      const instance = [...zone.instances.values()].find((one) => one.name === name)
      if (!instance) continue
      return {
        timestamp: timestamp(now - hours * 3_600_000),
        'request-id': stableId(`event ${hours} ${name}`),
        handler,
        message: refused ? 'manual instance protection' : `${handler} succeeded`,
        status: refused ? 403 : 200,
        'elapsed-ms': 120 + (hours % 90),
        zone: zone.name,
        uri: `/v2/instance/${instance.id}${paths[handler] ?? ''}`,
        'source-ip': '203.0.113.20',
        ...(who === 'ci'
          ? { 'iam-api-key': keyOfCi }
          : { 'iam-user': { email: who, role: operators } }),
        'path-params': { id: instance.id },
        'body-params': {},
      }
    }
    return []
  })
}
