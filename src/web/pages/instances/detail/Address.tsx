import { hasAddress } from '#contract/lifecycle.ts'

import { MissingValue } from '../../../components/reading/MissingValue.tsx'
import { Code } from '../../../ui/Code.tsx'
import { useInstance } from './instance-context.ts'

/** A public address of the instance. */
export function Address({ kind }: { kind: 'public-ip' | 'ipv6-address' }) {
  const { row, detail, isReading } = useInstance()
  const told = { ...detail, ...row }
  const address = told[kind]
  if (address) return <Code copy>{address}</Code>
  return hasAddress(told, kind) === false ? (
    <span className="text-muted">–</span>
  ) : (
    <MissingValue isReading={isReading} />
  )
}
