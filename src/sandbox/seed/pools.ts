/** Makes the demo's pools: one of workers, and the one inside its SKS node pool. */
import { stableId } from '../stable-id.ts'
import type { KeptInstance, KeptPool } from '../world.ts'

export const workers = { id: stableId('pool shop-workers'), type: 'instance-pool' }
export const nodepool = { id: stableId('nodepool shop-k8s'), type: 'sks-nodepool' }

type Line = Pick<KeptPool, 'id' | 'name' | 'description' | 'instance-prefix' | 'manager'>

const lines: Line[] = [
  {
    id: workers.id,
    name: 'shop-workers',
    description: 'Image resizing',
    'instance-prefix': 'pool-shop-workers',
  },
  {
    id: stableId('pool of nodepool shop-k8s'),
    name: 'nodepool-shop-k8s',
    description: 'Managed by SKS',
    'instance-prefix': 'node-shop-k8s',
    manager: nodepool,
  },
]

/** Its size is the number of its members. */
export function seedPools(instances: ReadonlyMap<string, KeptInstance>): KeptPool[] {
  return lines.flatMap((line) => {
    const members = [...instances.values()].filter(
      ({ manager }) => manager?.id === (line.manager ?? line).id,
    )
    const [first] = members
    if (!first) return []
    return {
      ...line,
      size: members.length,
      state: 'running',
      ...(first['instance-type'] ? { 'instance-type': first['instance-type'] } : {}),
      ...(first.template ? { template: first.template } : {}),
      ...(first['disk-size'] ? { 'disk-size': first['disk-size'] } : {}),
      labels: first.labels ?? {},
    }
  })
}
