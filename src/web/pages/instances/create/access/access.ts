/**
 * Decides what a creation does so that people can log in: whether an SSH key is made in the browser,
 * and whether a security group is made that lets them in. What nobody has chosen depends on what
 * there is: a creation with its defaults must not make an instance that no one can enter.
 */
import {
  familiesOf,
  loginGroupName,
  loginRule,
  loginWay,
  reachable,
  type LoginWay,
  type Reach,
} from '#contract/access/login.ts'
import {
  readSource,
  type Family,
  type Source,
  type SourceKind,
} from '#contract/access/source.ts'
import type { SecurityGroup, SshKey, Template } from '#contract/types.ts'
import { rulesLike } from '#contract/undo.ts'

import { canMakeKeys } from '../open-ssh-key.ts'
import type { CreateValues } from '../values.ts'

export type Access = {
  /** How people log in. */
  way: LoginWay
  /** Of the instance's own addresses. */
  families: Family[]
  /** Whether the template takes SSH keys; one that doesn't say so may. */
  takesKeys: boolean
  makesKey: boolean
  /** What the chosen groups let in; `unknown` without their list. */
  reach: Reach | 'unknown'
  opensLogin: boolean
  /** The groups that the instance is in, without a new one. */
  applied: SecurityGroup[]
  /** The new group, once the address can be read. */
  group?: {
    name: string
    network: string
    kind: SourceKind
    /** Of a group that has this rule and no other. */
    id?: string
  }
}

type Known = {
  /** The layout for people who have never used a server. */
  guided: boolean
  template: Template | undefined
  /** Undefined while they aren't known. */
  keys: readonly SshKey[] | undefined
  groups: readonly SecurityGroup[] | undefined
}

type Choices = Pick<
  CreateValues,
  'keys' | 'makeKey' | 'address' | 'securityGroups' | 'openLogin' | 'loginFrom'
>

/** The group that lets people in from a source: one that does only that, or a new one. */
function groupFor(
  { network, kind }: Extract<Source, { ok: true }>,
  way: LoginWay,
  groups: readonly SecurityGroup[],
): Access['group'] & object {
  const name = loginGroupName(way, network)
  const rule = loginRule(way, network)
  const found = groups.find((group) => {
    const like = rulesLike(group, rule).length
    return group.name === name && like > 0 && like === group.rules?.length
  })
  return { name, network, kind, ...(found ? { id: found.id } : {}) }
}

/** What is done for access with these choices. */
export function accessOf(
  values: Choices,
  { guided, template, keys, groups }: Known,
): Access {
  const helps = guided || keys?.length === 0
  const way = loginWay(template)
  const families = familiesOf(values.address)
  const takesKeys = template?.['ssh-key-enabled'] !== false
  const applied = (groups ?? []).filter(({ id, name }) =>
    values.securityGroups.length > 0
      ? values.securityGroups.includes(id)
      : name === 'default',
  )
  const reach = groups ? reachable(applied, way.port, families, groups) : 'unknown'
  const lacksKey = helps && values.keys.length === 0
  const opensLogin = families.length > 0 && (values.openLogin ?? (helps && reach === 'no'))
  const source = opensLogin ? readSource(values.loginFrom) : undefined
  return {
    way,
    families,
    takesKeys,
    makesKey: takesKeys && canMakeKeys() && (values.makeKey ?? lacksKey),
    reach,
    opensLogin,
    applied,
    ...(source?.ok ? { group: groupFor(source, way, groups ?? []) } : {}),
  }
}

export type SourceMistake =
  | 'sourceEmpty'
  | 'sourceUnread'
  | 'sourcePrefix'
  | 'sourceLocal'
  | 'sourcePrivate'
  | 'sourceFamily'

/** Why no one can be let in from what was typed; undefined if someone can. */
export function sourceMistake(
  text: string,
  families: readonly Family[],
): SourceMistake | undefined {
  const source = readSource(text)
  if (!source.ok)
    return (
      {
        empty: 'sourceEmpty',
        'not-an-address': 'sourceUnread',
        'bad-prefix': 'sourcePrefix',
      } as const
    )[source.why]
  if (source.kind === 'local' || source.kind === 'reserved') return 'sourceLocal'
  if (source.kind === 'private') return 'sourcePrivate'
  return families.includes(source.family) ? undefined : 'sourceFamily'
}

export type AccessMistakes = { keyUnsaved?: boolean; source?: SourceMistake }

/** What has to be done before the form may be sent. */
export function accessMistakes(
  { loginFrom }: Pick<CreateValues, 'loginFrom'>,
  { makesKey, opensLogin, families }: Access,
  keySaved: boolean,
): AccessMistakes {
  const source = opensLogin ? sourceMistake(loginFrom, families) : undefined
  return {
    ...(makesKey && !keySaved ? { keyUnsaved: true } : {}),
    ...(source ? { source } : {}),
  }
}
