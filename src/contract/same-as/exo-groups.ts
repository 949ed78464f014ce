/** Writes changes of security groups as exo commands, which name no zone. */
import type { EndpointId } from '../endpoints.ts'
import type { AddRuleToSecurityGroup, CreateSecurityGroup } from '../types.ts'
import { flag, written, type Flag, type Writer } from './exo-command.ts'
import { idOf } from './names.ts'

/** `22`, or `80-443`. */
const portsOf = ({
  'start-port': start,
  'end-port': end,
}: AddRuleToSecurityGroup): string | undefined =>
  start === undefined || end === undefined || start === end
    ? (start ?? end)?.toString()
    : `${start}-${end}`

/** The group that a rule allows; Exoscale's own ones have a flag of their own. */
function sourceOf({ 'security-group': source }: AddRuleToSecurityGroup): Flag[] {
  const name = source?.id ?? source?.name
  if (name === undefined) return []
  const isOwn = source?.visibility !== 'public'
  return [[isOwn ? 'security-group' : 'public-security-group', name]]
}

export const groupWriters: Partial<Record<EndpointId, Writer>> = {
  'create-security-group': ({ body }) => {
    const { name, description } = body as CreateSecurityGroup // this endpoint's body
    return written('security-group create', [name], flag('description', description))
  },
  'delete-security-group': (call) => written('security-group delete', [idOf(call)], []),
  'add-rule-to-security-group': (call) => {
    const rule = call.body as AddRuleToSecurityGroup // this endpoint's body
    return written(
      'security-group rule add',
      [idOf(call)],
      [
        ['flow', rule['flow-direction']],
        ['protocol', rule.protocol],
        ...flag('port', portsOf(rule)),
        ...flag('icmp-type', rule.icmp?.type),
        ...flag('icmp-code', rule.icmp?.code),
        ...flag('network', rule.network),
        ...sourceOf(rule),
        ...flag('description', rule.description),
      ],
    )
  },
  'delete-rule-from-security-group': (call) =>
    written(
      'security-group rule delete',
      [idOf(call), call.parameters?.['rule-id'] ?? ''],
      [],
    ),
}
