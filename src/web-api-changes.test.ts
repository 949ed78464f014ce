/**
 * Every change that `src/web/api/mutations.ts` can send, against the real server in front of a zone: the server checks
 * each against the contract. It stands here because it joins two parts.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { PlannedStep } from '#contract/plan.ts'
import { enterBrowser, type TestBrowser } from '#server/testing/test-browser.ts'
import {
  instanceId,
  json,
  startConsole,
  startZone,
  type TestConsole,
  type TestZone,
} from '#server/testing/test-zone.ts'
import * as mutations from '#web/api/mutations.ts'
import { newKey, type RequestKey } from '#web/api/once.ts'

const zoneName = 'ch-test-1'
const target = { zone: zoneName, id: instanceId }
const otherId = '5a1b7a52-6f0e-4d3c-8b0a-0c8f2b1f7c11'

let zone: TestZone
let server: TestConsole
let browser: TestBrowser

beforeEach(async () => {
  zone = await startZone()
  server = await startConsole(zone)
  browser = enterBrowser(server.origin)
})
afterEach(async () => {
  browser.leave()
  await server.close()
  await zone.close()
})

const {
  attachInstance,
  callOf,
  createVolumeCall,
  detachInstance,
  growVolumeCall,
  renameVolumeCall,
  sendCall,
} = mutations
/** As a dialog sends what it shows. */
const ask = (endpoint: PlannedStep['endpoint'], key: RequestKey) =>
  sendCall(callOf(target, { part: 'change', endpoint }), key)
const changes: [(key: RequestKey) => Promise<unknown>, string][] = [
  [(key) => mutations.startInstance(target, key), `PUT /instance/${instanceId}:start`],
  [(key) => ask('stop-instance', key), `PUT /instance/${instanceId}:stop`],
  [(key) => ask('reboot-instance', key), `PUT /instance/${instanceId}:reboot`],
  [(key) => ask('delete-instance', key), `DELETE /instance/${instanceId}`],
  [
    (key) => mutations.updateInstance(target, key, { name: 'web-02' }),
    `PUT /instance/${instanceId}`,
  ],
  [
    (key) => ask('add-instance-protection', key),
    `PUT /instance/${instanceId}:add-protection`,
  ],
  [
    (key) => mutations.removeInstanceProtection(target, key),
    `PUT /instance/${instanceId}:remove-protection`,
  ],
  [
    (key) => mutations.createSnapshot(target, key),
    `POST /instance/${instanceId}:create-snapshot`,
  ],
  [
    (key) => mutations.createSnapshot(target, key, 'before the upgrade'),
    `POST /instance/${instanceId}:create-snapshot`,
  ],
  [
    (key) => mutations.resetInstancePassword(target, key),
    `PUT /instance/${instanceId}:reset-password`,
  ],
  [
    (key) => mutations.resetInstanceLabels(target, key),
    `DELETE /instance/${instanceId}/labels`,
  ],
  [
    (key) => mutations.deleteSnapshot({ zone: zoneName, id: otherId }, key),
    `DELETE /snapshot/${otherId}`,
  ],
  [
    (key) => mutations.exportSnapshot({ zone: zoneName, id: otherId }, key),
    `POST /snapshot/${otherId}:export`,
  ],
  [(key) => mutations.deleteSshKey(zoneName, key, 'my-key'), 'DELETE /ssh-key/my-key'],
  [
    (key) => mutations.registerSshKey(zoneName, key, 'my-key', 'ssh-ed25519 AAAA'),
    'POST /ssh-key',
  ],
  ...(['security-group', 'elastic-ip', 'private-network'] as const).flatMap(
    (to): [(key: RequestKey) => Promise<unknown>, string][] => [
      [(key) => attachInstance(target, key, to, otherId), `PUT /${to}/${otherId}:attach`],
      [(key) => detachInstance(target, key, to, otherId), `PUT /${to}/${otherId}:detach`],
    ],
  ),
  [
    (key) => sendCall(mutations.attachVolumeCall(target, otherId), key),
    `PUT /block-storage/${otherId}:attach`,
  ],
  [
    (key) => sendCall(mutations.detachVolumeCall(zoneName, otherId), key),
    `PUT /block-storage/${otherId}:detach`,
  ],
  [
    (key) => sendCall(mutations.deleteVolumeCall(zoneName, otherId), key),
    `DELETE /block-storage/${otherId}`,
  ],
  [
    (key) => sendCall(createVolumeCall(zoneName, { name: 'data', size: 10 }), key),
    'POST /block-storage',
  ],
  [
    (key) => sendCall(renameVolumeCall(zoneName, otherId, 'logs'), key),
    `PUT /block-storage/${otherId}`,
  ],
  [
    (key) => sendCall(growVolumeCall(zoneName, otherId, 20), key),
    `PUT /block-storage/${otherId}:resize-volume`,
  ],
  [
    (key) => sendCall(mutations.evictCall(zoneName, otherId, instanceId), key),
    `PUT /instance-pool/${otherId}:evict`,
  ],
  [
    (key) => mutations.setReverseDns(target, key, 'web.example'),
    `POST /reverse-dns/instance/${instanceId}`,
  ],
  [
    (key) => mutations.deleteReverseDns(target, key),
    `DELETE /reverse-dns/instance/${instanceId}`,
  ],
]

test.each(changes)('change %# is sent once, as the contract has it', async (send, wire) => {
  const instance = { id: instanceId, name: 'web-01', state: 'running', labels: {} }
  zone.answers[`GET /instance/${instanceId}`] = json(instance)
  // Snapshots with a note are found by comparing the lists before and after.
  zone.answers['GET /snapshot'] = json({ snapshots: [] })
  zone.answers[wire] = json({ id: otherId, state: 'success' })

  await send(newKey())

  expect(zone.asked.filter((one) => !one.startsWith('GET '))).toEqual([wire])
})

test('a note is kept by this server, and the zone is not asked for it', async () => {
  const note = await mutations.writeNote(target, { text: 'do not reboot', seen: null })

  expect(note).toMatchObject({ text: 'do not reboot' })
  expect(zone.asked.filter((one) => !one.startsWith('GET '))).toEqual([])
})
