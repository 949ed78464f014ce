/** Maps each endpoint to its handler; the type of the map requires all of them. */
import type { EndpointId } from '#contract/endpoints.ts'

import { findInstance, type Here } from './change.ts'
import {
  findAntiAffinityGroup,
  listAntiAffinityGroups,
} from './nouns/anti-affinity-groups.ts'
import * as blockStorage from './nouns/block-storage.ts'
import { createInstance } from './nouns/create-instance.ts'
import * as elasticIps from './nouns/elastic-ips.ts'
import { listEvents } from './nouns/events.ts'
import * as hardware from './nouns/hardware.ts'
import * as instancePools from './nouns/instance-pools.ts'
import { findInstanceType, instanceTypes } from './nouns/instance-types.ts'
import * as instances from './nouns/instances.ts'
import * as passwords from './nouns/passwords.ts'
import * as power from './nouns/power.ts'
import * as privateNetworks from './nouns/private-networks.ts'
import { listQuotas } from './nouns/quotas.ts'
import * as reverseDns from './nouns/reverse-dns.ts'
import * as securityGroups from './nouns/security-groups.ts'
import * as snapshots from './nouns/snapshots.ts'
import { deleteSshKey, findSshKey, registerSshKey } from './nouns/ssh-keys.ts'
import { findTemplate, listTemplates } from './nouns/templates.ts'
import { impactReport, usageReport } from './nouns/usage.ts'
import { findOperation } from './operations.ts'

export type Asked = {
  here: Here
  parameters: Record<string, string>
  query: URLSearchParams
  /** Parsed JSON, checked against the contract (bodies.ts). */
  body: never
  consoleOrigin: string
}

type Handler = (asked: Asked) => unknown

const idOf = ({ parameters }: Asked) => parameters['id'] ?? ''
const nameOf = ({ parameters }: Asked) => parameters['name'] ?? ''

/** The instance in the body of attach or detach. */
const memberOf = ({ body }: Asked): string => body['instance']['id']

/** All but list-zones, which is unsigned and so has no world: requests.ts handles it. */
export type SignedEndpointId = Exclude<EndpointId, 'list-zones'>

export const handlers: Record<SignedEndpointId, Handler> = {
  'get-operation': (asked) => findOperation(asked.here.zone, idOf(asked)),

  'list-instances': ({ here, query }) => instances.listInstances(here.zone, query),
  'get-instance': (asked) =>
    instances.viewInstance(findInstance(asked.here.zone, idOf(asked))),
  'create-instance': ({ here, body }) => createInstance(here, body),
  'update-instance': (asked) =>
    instances.updateInstance(asked.here, idOf(asked), asked.body),
  'delete-instance': (asked) => instances.deleteInstance(asked.here, idOf(asked)),
  'reset-instance-field': (asked) => instances.resetInstanceField(asked.here, idOf(asked)),
  'add-instance-protection': (asked) =>
    instances.protectInstance(asked.here, idOf(asked), true),
  'remove-instance-protection': (asked) =>
    instances.protectInstance(asked.here, idOf(asked), false),

  'start-instance': (asked) => power.startInstance(asked.here, idOf(asked), asked.body),
  'stop-instance': (asked) => power.stopInstance(asked.here, idOf(asked)),
  'reboot-instance': (asked) => power.rebootInstance(asked.here, idOf(asked)),
  'get-console-proxy-url': (asked) =>
    power.consoleProxyUrl(asked.here, idOf(asked), asked.consoleOrigin),

  'reset-instance': (asked) => hardware.resetInstance(asked.here, idOf(asked), asked.body),
  'scale-instance': (asked) =>
    hardware.scaleInstance(asked.here, idOf(asked), asked.body['instance-type']['id']),
  'resize-instance-disk': (asked) =>
    hardware.resizeInstanceDisk(asked.here, idOf(asked), asked.body['disk-size']),
  'enable-tpm': (asked) => hardware.enableTpm(asked.here, idOf(asked)),
  'reveal-instance-password': (asked) => passwords.revealPassword(asked.here, idOf(asked)),
  'reset-instance-password': (asked) => passwords.resetPassword(asked.here, idOf(asked)),

  'list-instance-types': () => ({ 'instance-types': instanceTypes }),
  'get-instance-type': (asked) => findInstanceType(idOf(asked)),
  'list-templates': ({ here, query }) => listTemplates(here.zone, query),
  'get-template': (asked) => findTemplate(asked.here.zone, idOf(asked)),

  'list-ssh-keys': ({ here }) => ({ 'ssh-keys': [...here.world.sshKeys.values()] }),
  'get-ssh-key': (asked) => findSshKey(asked.here.world, nameOf(asked)),
  'register-ssh-key': ({ here, body }) => registerSshKey(here.world, body),
  'delete-ssh-key': (asked) => deleteSshKey(asked.here.world, nameOf(asked)),

  'list-security-groups': ({ here, query }) =>
    securityGroups.listSecurityGroups(here.world, query),
  'get-security-group': (asked) =>
    securityGroups.findSecurityGroup(asked.here.world, idOf(asked)),
  'create-security-group': ({ here, body }) =>
    securityGroups.createSecurityGroup(here, body),
  'delete-security-group': (asked) =>
    securityGroups.deleteSecurityGroup(asked.here, idOf(asked)),
  'add-rule-to-security-group': (asked) =>
    securityGroups.addRule(asked.here, idOf(asked), asked.body),
  'delete-rule-from-security-group': (asked) =>
    securityGroups.deleteRule(asked.here, idOf(asked), asked.parameters['rule-id'] ?? ''),
  'attach-instance-to-security-group': (asked) =>
    securityGroups.attachToSecurityGroup(asked.here, idOf(asked), memberOf(asked)),
  'detach-instance-from-security-group': (asked) =>
    securityGroups.detachFromSecurityGroup(asked.here, idOf(asked), memberOf(asked)),
  'list-anti-affinity-groups': ({ here }) => listAntiAffinityGroups(here.world, here.zone),
  'get-anti-affinity-group': (asked) =>
    findAntiAffinityGroup(asked.here.world, asked.here.zone, idOf(asked)),

  'list-elastic-ips': ({ here }) => ({ 'elastic-ips': [...here.zone.elasticIps.values()] }),
  'get-elastic-ip': (asked) => elasticIps.findElasticIp(asked.here.zone, idOf(asked)),
  'attach-instance-to-elastic-ip': (asked) =>
    elasticIps.attachToElasticIp(asked.here, idOf(asked), memberOf(asked)),
  'detach-instance-from-elastic-ip': (asked) =>
    elasticIps.detachFromElasticIp(asked.here, idOf(asked), memberOf(asked)),
  'list-private-networks': ({ here }) => ({
    'private-networks': [...here.zone.privateNetworks.values()],
  }),
  'get-private-network': (asked) =>
    privateNetworks.findPrivateNetwork(asked.here.zone, idOf(asked)),
  'attach-instance-to-private-network': (asked) =>
    privateNetworks.attachToPrivateNetwork(asked.here, idOf(asked), asked.body),
  'detach-instance-from-private-network': (asked) =>
    privateNetworks.detachFromPrivateNetwork(asked.here, idOf(asked), memberOf(asked)),
  'list-deploy-targets': ({ here }) => ({
    'deploy-targets': [...here.zone.deployTargets.values()],
  }),

  'create-snapshot': (asked) => snapshots.createSnapshot(asked.here, idOf(asked)),
  'revert-instance-to-snapshot': ({ here, parameters, body }) =>
    snapshots.revertToSnapshot(here, parameters['instance-id'] ?? '', body['id']),
  'list-snapshots': ({ here }) => ({
    snapshots: [...here.zone.snapshots.values()].map(snapshots.viewSnapshot),
  }),
  'get-snapshot': (asked) =>
    snapshots.viewSnapshot(snapshots.findSnapshot(asked.here.zone, idOf(asked))),
  'delete-snapshot': (asked) => snapshots.deleteSnapshot(asked.here, idOf(asked)),
  'export-snapshot': (asked) => snapshots.exportSnapshot(asked.here, idOf(asked)),

  'list-block-storage-volumes': ({ here, query }) =>
    blockStorage.listVolumes(here.zone, query),
  'get-block-storage-volume': (asked) =>
    blockStorage.findVolume(asked.here.zone, idOf(asked)),
  'create-block-storage-volume': ({ here, body }) => blockStorage.createVolume(here, body),
  'update-block-storage-volume': (asked) =>
    blockStorage.updateVolume(asked.here, idOf(asked), asked.body),
  'resize-block-storage-volume': (asked) =>
    blockStorage.resizeVolume(asked.here, idOf(asked), asked.body),
  'delete-block-storage-volume': (asked) =>
    blockStorage.deleteVolume(asked.here, idOf(asked)),
  'attach-block-storage-volume-to-instance': (asked) =>
    blockStorage.attachVolume(asked.here, idOf(asked), memberOf(asked)),
  'detach-block-storage-volume': (asked) =>
    blockStorage.detachVolume(asked.here, idOf(asked)),

  'list-instance-pools': ({ here }) => instancePools.listPools(here.zone),
  'get-instance-pool': (asked) => instancePools.getPool(asked.here.zone, idOf(asked)),
  'evict-instance-pool-members': (asked) =>
    instancePools.evictMembers(asked.here, idOf(asked), asked.body['instances']),

  'list-events': ({ here, query }) => listEvents(here.world, query, here.clock.now()),
  'list-quotas': ({ here }) => listQuotas(here.world),
  'get-usage-report': ({ here, query }) => usageReport(here.world, query, here.clock.now()),
  'get-impact-report': ({ here, query }) =>
    impactReport(here.world, query, here.clock.now()),
  'get-reverse-dns-instance': (asked) => reverseDns.getReverseDns(asked.here, idOf(asked)),
  'update-reverse-dns-instance': (asked) =>
    reverseDns.updateReverseDns(asked.here, idOf(asked), asked.body['domain-name']),
  'delete-reverse-dns-instance': (asked) =>
    reverseDns.deleteReverseDns(asked.here, idOf(asked)),
}
