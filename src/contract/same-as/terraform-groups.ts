/** Writes security groups and their rules as Terraform's resources. */
import type { Call } from '../call.ts'
import type { AddRuleToSecurityGroup, CreateSecurityGroup } from '../types.ts'
import { hclName, hclString, type Attribute, type Piece } from './hcl.ts'
import { createdBy, idOf } from './names.ts'

const groupType = 'exoscale_security_group'

const text = (name: string, value: string | null | undefined): Attribute[] =>
  value === undefined || value === null ? [] : [[name, hclString(value)]]

const number = (name: string, value: number | null | undefined): Attribute[] =>
  value === undefined || value === null ? [] : [[name, String(value)]]

/** `ICMPv6` and the others as the provider writes them. */
const protocolOf = (protocol: string): string =>
  protocol === 'icmpv6' ? 'ICMPv6' : protocol.toUpperCase()

/** A new group. */
export function groupBlock(call: Call): Piece {
  const { name, description } = call.body as CreateSecurityGroup // this endpoint's body
  return {
    kind: 'resource',
    type: groupType,
    about: createdBy(call)?.id ?? `new ${name}`,
    name: hclName(name),
    attributes: [['name', hclString(name)], ...text('description', description)],
  }
}

/** A new rule: each is a resource of its own. */
export function ruleBlock(call: Call): Piece {
  const rule = call.body as AddRuleToSecurityGroup // this endpoint's body
  const { protocol, network, description, icmp } = rule
  const { 'start-port': start, 'end-port': end, 'security-group': source } = rule
  const isOwn = source?.visibility !== 'public'
  return {
    kind: 'resource',
    type: 'exoscale_security_group_rule',
    about: JSON.stringify([idOf(call), rule]),
    name: hclName(
      [protocol, start, end === start ? undefined : end].filter(Boolean).join('_'),
    ),
    attributes: [
      ['security_group_id', hclString(idOf(call))],
      ['type', hclString(rule['flow-direction'].toUpperCase())],
      ['protocol', hclString(protocolOf(protocol))],
      ...text('cidr', network),
      ...text('user_security_group_id', isOwn ? source?.id : undefined),
      ...text('public_security_group', isOwn ? undefined : source?.name),
      ...number('start_port', start),
      ...number('end_port', end ?? start),
      ...number('icmp_type', icmp?.type),
      ...number('icmp_code', icmp?.code),
      ...text('description', description),
    ],
  }
}

/** The IDs of groups that the configuration makes, as references to the blocks of these names. */
export const withReferences = (
  config: string,
  named: readonly [Piece, name: string][],
): string =>
  named
    // One that exists already is known by its ID alone.
    .filter(([{ type, name }]) => type === groupType && name !== undefined)
    .reduce(
      (whole, [{ about }, name]) =>
        whole.replaceAll(/^ +security_group_ids? +=.*$/gm, (line) =>
          line.replaceAll(hclString(about), () => `${groupType}.${name}.id`),
        ),
      config,
    )
