/**
 * Every change that `src/web/api/mutations.ts` can send, against the real server in front of a zone: the server checks
 * each against the contract. It stands here because it joins two parts.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'

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
  createVolumeCall,
  detachInstance,
  growVolumeCall,
  renameVolumeCall,
  sendCall,
} = mutations
const changes: [() => Promise<unknown>, string][] = [
  [() => mutations.startInstance(target), `PUT /instance/${instanceId}:start`],
  [() => mutations.stopInstance(target), `PUT /instance/${instanceId}:stop`],
  [() => mutations.rebootInstance(target), `PUT /instance/${instanceId}:reboot`],
  [() => mutations.deleteInstance(target), `DELETE /instance/${instanceId}`],
  [
    () => mutations.updateInstance(target, { name: 'web-02' }),
    `PUT /instance/${instanceId}`,
  ],
  [
    () => mutations.addInstanceProtection(target),
    `PUT /instance/${instanceId}:add-protection`,
  ],
  [
    () => mutations.removeInstanceProtection(target),
    `PUT /instance/${instanceId}:remove-protection`,
  ],
  [() => mutations.createSnapshot(target), `POST /instance/${instanceId}:create-snapshot`],
  [
    () => mutations.createSnapshot(target, 'before the upgrade'),
    `POST /instance/${instanceId}:create-snapshot`,
  ],
  [
    () => mutations.resetInstancePassword(target),
    `PUT /instance/${instanceId}:reset-password`,
  ],
  [() => mutations.resetInstanceLabels(target), `DELETE /instance/${instanceId}/labels`],
  [
    () => mutations.deleteSnapshot({ zone: zoneName, id: otherId }),
    `DELETE /snapshot/${otherId}`,
  ],
  [
    () => mutations.exportSnapshot({ zone: zoneName, id: otherId }),
    `POST /snapshot/${otherId}:export`,
  ],
  [() => mutations.deleteSshKey(zoneName, 'my-key'), 'DELETE /ssh-key/my-key'],
  [() => mutations.registerSshKey(zoneName, 'my-key', 'ssh-ed25519 AAAA'), 'POST /ssh-key'],
  ...(['security-group', 'elastic-ip', 'private-network'] as const).flatMap(
    (to): [() => Promise<unknown>, string][] => [
      [() => attachInstance(target, to, otherId), `PUT /${to}/${otherId}:attach`],
      [() => detachInstance(target, to, otherId), `PUT /${to}/${otherId}:detach`],
    ],
  ),
  [
    () => sendCall(mutations.attachVolumeCall(target, otherId)),
    `PUT /block-storage/${otherId}:attach`,
  ],
  [
    () => sendCall(mutations.detachVolumeCall(zoneName, otherId)),
    `PUT /block-storage/${otherId}:detach`,
  ],
  [
    () => sendCall(mutations.deleteVolumeCall(zoneName, otherId)),
    `DELETE /block-storage/${otherId}`,
  ],
  [
    () => sendCall(createVolumeCall(zoneName, { name: 'data', size: 10 })),
    'POST /block-storage',
  ],
  [
    () => sendCall(renameVolumeCall(zoneName, otherId, 'logs')),
    `PUT /block-storage/${otherId}`,
  ],
  [
    () => sendCall(growVolumeCall(zoneName, otherId, 20)),
    `PUT /block-storage/${otherId}:resize-volume`,
  ],
  [
    () => sendCall(mutations.evictCall(zoneName, otherId, instanceId)),
    `PUT /instance-pool/${otherId}:evict`,
  ],
  [
    () => mutations.setReverseDns(target, 'web.example'),
    `POST /reverse-dns/instance/${instanceId}`,
  ],
  [() => mutations.deleteReverseDns(target), `DELETE /reverse-dns/instance/${instanceId}`],
]

test.each(changes)('change %# is sent once, as the contract has it', async (send, wire) => {
  const instance = { id: instanceId, name: 'web-01', state: 'running', labels: {} }
  zone.answers[`GET /instance/${instanceId}`] = json(instance)
  // Snapshots with a note are found by comparing the lists before and after.
  zone.answers['GET /snapshot'] = json({ snapshots: [] })
  zone.answers[wire] = json({ id: otherId, state: 'success' })

  await send()

  expect(zone.asked.filter((one) => !one.startsWith('GET '))).toEqual([wire])
})

test('a note is kept by this server, and the zone is not asked for it', async () => {
  const note = await mutations.writeNote(target, 'do not reboot')

  expect(note).toMatchObject({ text: 'do not reboot' })
  expect(zone.asked.filter((one) => !one.startsWith('GET '))).toEqual([])
})
