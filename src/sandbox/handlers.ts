/** Which code answers which endpoint. What is not here yet is answered 501, by name. */
import type { EndpointId } from '#contract/endpoints.ts'
import { isRunning } from '#contract/lifecycle.ts'

import { instanceTypes } from './instance-types.ts'
import * as instances from './instances.ts'
import { notFound, Refused } from './refusal.ts'
import { deleteSshKey, findSshKey, registerSshKey } from './ssh-keys.ts'
import type { World } from './world.ts'

export type Asked = {
  here: instances.Here
  world: World
  parameters: Record<string, string>
  query: URLSearchParams
  /** Parsed JSON, checked against the contract (bodies.ts). */
  body: never
  consoleOrigin: string
}

type Handler = (asked: Asked) => unknown

const idOf = ({ parameters }: Asked) => parameters['id'] ?? ''

function found<T>(value: T | undefined): T {
  if (value === undefined) throw notFound()
  return value
}

function consoleUrl(asked: Asked) {
  const instance = instances.findInstance(asked.here.zone, idOf(asked))
  if (!isRunning(instance.state) && instance.state !== 'starting') {
    throw new Refused(400, 'The instance needs to be running.')
  }
  const path = asked.here.consoles.mint(instance.id)
  const host = new URL(asked.consoleOrigin).host
  return { url: `${asked.consoleOrigin}${path}`, host, path }
}

/** A private answer is empty: nobody in the demo has images of their own. */
function listTemplates({ here, query }: Asked) {
  const isPublic = (query.get('visibility') ?? 'public') === 'public'
  return { templates: isPublic ? [...here.zone.templates.values()] : [] }
}

function listQuotas({ world }: Asked) {
  const usage = [...world.zones.values()].reduce(
    (sum, zone) => sum + zone.instances.size,
    0,
  )
  const snapshots = [...world.zones.values()].reduce(
    (sum, zone) => sum + zone.snapshots.size,
    0,
  )
  return {
    quotas: [
      { resource: 'instance', limit: Math.max(40, usage + 10), usage },
      { resource: 'snapshot', limit: 100, usage: snapshots },
      { resource: 'gpu', limit: 0, usage: 0 },
    ],
  }
}

export const handlers: Partial<Record<EndpointId, Handler>> = {
  'get-operation': (asked) => found(asked.here.zone.operations.get(idOf(asked))),
  'list-instances': ({ here }) => ({
    instances: [...here.zone.instances.values()].map(instances.listInstance),
  }),
  'get-instance': (asked) =>
    instances.viewInstance(instances.findInstance(asked.here.zone, idOf(asked))),
  'create-instance': ({ here, body }) => instances.createInstance(here, body),
  'update-instance': (asked) =>
    instances.updateInstance(asked.here, idOf(asked), asked.body),
  'delete-instance': (asked) => instances.deleteInstance(asked.here, idOf(asked)),
  'start-instance': (asked) => instances.startInstance(asked.here, idOf(asked), asked.body),
  'stop-instance': (asked) => instances.stopInstance(asked.here, idOf(asked)),
  'reboot-instance': (asked) => instances.rebootInstance(asked.here, idOf(asked)),
  'reset-instance': (asked) => instances.resetInstance(asked.here, idOf(asked), asked.body),
  'scale-instance': (asked) =>
    instances.scaleInstance(asked.here, idOf(asked), asked.body['instance-type']['id']),
  'resize-instance-disk': (asked) =>
    instances.resizeInstanceDisk(asked.here, idOf(asked), asked.body['disk-size']),
  'add-instance-protection': (asked) =>
    instances.protectInstance(asked.here, idOf(asked), true),
  'remove-instance-protection': (asked) =>
    instances.protectInstance(asked.here, idOf(asked), false),
  'create-snapshot': (asked) => instances.createSnapshot(asked.here, idOf(asked)),
  'get-console-proxy-url': consoleUrl,

  'list-instance-types': () => ({ 'instance-types': instanceTypes }),
  'get-instance-type': (asked) => found(instanceTypes.find(({ id }) => id === idOf(asked))),
  'list-templates': listTemplates,
  'get-template': (asked) => found(asked.here.zone.templates.get(idOf(asked))),
  'list-ssh-keys': ({ world }) => ({ 'ssh-keys': [...world.sshKeys.values()] }),
  'get-ssh-key': ({ world, parameters }) => findSshKey(world, parameters['name'] ?? ''),
  'register-ssh-key': ({ world, body }) => registerSshKey(world, body),
  'delete-ssh-key': ({ world, parameters }) =>
    deleteSshKey(world, parameters['name'] ?? ''),
  // A fresh organisation has none of these, and nothing in the sandbox makes them yet.
  'list-anti-affinity-groups': () => ({ 'anti-affinity-groups': [] }),
  'list-elastic-ips': () => ({ 'elastic-ips': [] }),
  'list-private-networks': () => ({ 'private-networks': [] }),
  'list-deploy-targets': () => ({ 'deploy-targets': [] }),
  'get-security-group': (asked) => found(asked.world.securityGroups.get(idOf(asked))),
  'list-security-groups': ({ world }) => ({
    'security-groups': [...world.securityGroups.values()],
  }),
  'list-snapshots': ({ here }) => ({ snapshots: [...here.zone.snapshots.values()] }),
  'get-snapshot': (asked) => found(asked.here.zone.snapshots.get(idOf(asked))),
  'list-quotas': listQuotas,
}
