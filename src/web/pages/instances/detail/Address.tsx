import { Unknown } from '../../../components/Unknown.tsx'
import { Code } from '../../../ui/Code.tsx'
import { useInstance } from './instance-context.ts'

/**
 * A public address of the instance. A zone leaves out what an instance doesn't have, so that there is
 * none is only known where it says which addresses the instance is to have.
 */
export function Address({ kind }: { kind: 'public-ip' | 'ipv6-address' }) {
  const { row, detail } = useInstance()
  const address = row[kind] ?? detail?.[kind]
  if (address) return <Code copy>{address}</Code>
  const assigned = row['public-ip-assignment'] ?? detail?.['public-ip-assignment']
  return assigned === undefined ? <Unknown /> : <span className="text-muted">–</span>
}
