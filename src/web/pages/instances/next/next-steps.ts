/**
 * Says how to get in to an instance, and what keeps people out: only what is known, and what isn't
 * known as such.
 */
import { loginWay, reachable, type LoginWay } from '#contract/access/login.ts'
import type { Family } from '#contract/access/source.ts'
import type { Instance, SecurityGroup, Template } from '#contract/types.ts'

/** What keeps people out, or may do so. */
export type Block =
  | 'starting'
  | 'not-running'
  | 'no-address'
  | 'groups-block'
  | 'groups-unknown'
  /** Neither a key nor a password; user data may still set up a login. */
  | 'no-login'
  /** Without a key, and whether there is a password isn't known. */
  | 'login-unknown'
  | 'keys-unknown'
  | 'template-unknown'

export type NextSteps = {
  blocks: Block[]
  /** Undefined while the template isn't known. */
  way: LoginWay | undefined
  address: string | undefined
  /** The username that the template says. */
  user: string | undefined
  keys: readonly string[]
  /** The file with the private key, where this browser made it. */
  keyFile: string | undefined
  /** Whether a password can be shown. */
  byPassword: boolean
  /** The line for a terminal; undefined where it isn't known. */
  command: string | undefined
}

type Known = {
  instance: Partial<Instance>
  template: Template | undefined
  /** Undefined while they aren't known. */
  groups: readonly SecurityGroup[] | undefined
  fileOf: (key: string) => string | undefined
}

/** Whether the instance's groups let anyone in by this port; undefined where that isn't known. */
function letsIn(
  { instance, groups }: Known,
  port: number,
  families: readonly Family[],
): boolean | undefined {
  const own = instance['security-groups']
  if (!own || !groups) return undefined
  const known = groups.filter(({ id }) => own.some((one) => one.id === id))
  if (reachable(known, port, families, groups) !== 'no') return true
  return known.length < own.length ? undefined : false
}

function loginBlock(
  way: LoginWay,
  keys: readonly string[] | undefined,
  { 'password-enabled': byPassword }: Template,
): Block[] {
  if (byPassword) return []
  if (way.kind === 'rdp') return byPassword === false ? ['no-login'] : ['login-unknown']
  if (!keys) return ['keys-unknown']
  if (keys.length > 0) return []
  return byPassword === false ? ['no-login'] : ['login-unknown']
}

const powerBlock = (state: string | undefined): Block[] =>
  state === 'running' ? [] : state === 'starting' ? ['starting'] : ['not-running']

/** How to get in to `instance` now, or as soon as nothing blocks it. */
export function nextSteps(known: Known): NextSteps {
  const { instance, template, fileOf } = known
  const way = template && loginWay(template)
  const { 'public-ip': ipv4, 'ipv6-address': ipv6 } = instance
  const address = ipv4 ?? ipv6
  const families: Family[] = [
    ...(ipv4 ? ([4] as const) : []),
    ...(ipv6 ? ([6] as const) : []),
  ]
  const keys = instance['ssh-keys']?.flatMap(({ name }) => name ?? [])
  const user = template?.['default-user']
  const keyFile = (keys ?? []).map(fileOf).find((file) => file !== undefined)
  const entered = way && address ? letsIn(known, way.port, families) : true
  const identity = keyFile ? `-i ${keyFile} ` : ''
  return {
    blocks: [
      ...powerBlock(instance.state),
      ...(address ? [] : (['no-address'] as const)),
      ...(entered === false ? (['groups-block'] as const) : []),
      ...(entered === undefined ? (['groups-unknown'] as const) : []),
      ...(template && way
        ? loginBlock(way, keys, template)
        : (['template-unknown'] as const)),
    ],
    way,
    address,
    user,
    keys: keys ?? [],
    keyFile,
    byPassword: template?.['password-enabled'] === true,
    command:
      way?.kind === 'ssh' && address && user
        ? `ssh ${identity}${user}@${address}`
        : undefined,
  }
}
