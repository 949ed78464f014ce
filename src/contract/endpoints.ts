/**
 * Lists every operation of a zone that Vedette may send, and the role that it takes. The server
 * rejects what is not here before anything is signed; the sandbox serves exactly this; the pages
 * build their addresses from it. A test compares it with openapi.yaml.
 */

/**
 * `read` changes nothing. `write` makes a change that can be undone. `danger` loses data or can't be
 * undone. `reveal` returns a secret: browsers must POST it, and it is never cached, shared or logged.
 */
type Access = 'read' | 'write' | 'reveal' | 'danger'

/** Each role may do everything that the ones before it may. */
export const roles = ['viewer', 'operator', 'admin'] as const
export type Role = (typeof roles)[number]

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Endpoint<A extends Access = Access> = {
  method: Method
  path: string
  access: A
  role: Role
}

const read = (path: string): Endpoint<'read'> => ({
  method: 'GET',
  path,
  access: 'read',
  role: 'viewer',
})
const write = (
  method: Method,
  path: string,
  role: Role = 'operator',
): Endpoint<'write'> => ({ method, path, access: 'write', role })
const danger = (
  method: Method,
  path: string,
  role: Role = 'admin',
): Endpoint<'danger'> => ({
  method,
  path,
  access: 'danger',
  role,
})
const reveal = (path: string, role: Role): Endpoint<'reveal'> => ({
  method: 'GET',
  path,
  access: 'reveal',
  role,
})

export const endpoints = {
  'list-zones': read('/zone'),
  'get-operation': read('/operation/{id}'),

  'list-instances': read('/instance'),
  'get-instance': read('/instance/{id}'),
  'create-instance': write('POST', '/instance'),
  'update-instance': write('PUT', '/instance/{id}'),
  'delete-instance': danger('DELETE', '/instance/{id}'),
  'start-instance': write('PUT', '/instance/{id}:start'),
  'stop-instance': write('PUT', '/instance/{id}:stop'),
  'reboot-instance': write('PUT', '/instance/{id}:reboot'),
  'reset-instance': danger('PUT', '/instance/{id}:reset'),
  'scale-instance': write('PUT', '/instance/{id}:scale'),
  'resize-instance-disk': write('PUT', '/instance/{id}:resize-disk'),
  'reveal-instance-password': reveal('/instance/{id}:password', 'admin'),
  'reset-instance-password': write('PUT', '/instance/{id}:reset-password', 'admin'),
  'add-instance-protection': write('PUT', '/instance/{id}:add-protection', 'admin'),
  'remove-instance-protection': danger('PUT', '/instance/{id}:remove-protection'),
  'create-snapshot': write('POST', '/instance/{id}:create-snapshot'),
  'revert-instance-to-snapshot': danger('POST', '/instance/{instance-id}:revert-snapshot'),
  'enable-tpm': write('POST', '/instance/{id}:enable-tpm'),
  'reset-instance-field': write('DELETE', '/instance/{id}/{field}'),
  // What else it needs is a right of the policy (people/policy.ts).
  'get-console-proxy-url': reveal('/console/{id}', 'viewer'),

  'list-instance-types': read('/instance-type'),
  'get-instance-type': read('/instance-type/{id}'),
  'list-templates': read('/template'),
  'get-template': read('/template/{id}'),

  'list-ssh-keys': read('/ssh-key'),
  'get-ssh-key': read('/ssh-key/{name}'),
  'register-ssh-key': write('POST', '/ssh-key'),
  'delete-ssh-key': write('DELETE', '/ssh-key/{name}'),

  'list-security-groups': read('/security-group'),
  'get-security-group': read('/security-group/{id}'),
  'create-security-group': write('POST', '/security-group'),
  'delete-security-group': danger('DELETE', '/security-group/{id}', 'operator'),
  'add-rule-to-security-group': write('POST', '/security-group/{id}/rules'),
  'delete-rule-from-security-group': write(
    'DELETE',
    '/security-group/{id}/rules/{rule-id}',
  ),
  'attach-instance-to-security-group': write('PUT', '/security-group/{id}:attach'),
  'detach-instance-from-security-group': write('PUT', '/security-group/{id}:detach'),
  'list-anti-affinity-groups': read('/anti-affinity-group'),
  'get-anti-affinity-group': read('/anti-affinity-group/{id}'),

  'list-elastic-ips': read('/elastic-ip'),
  'get-elastic-ip': read('/elastic-ip/{id}'),
  'attach-instance-to-elastic-ip': write('PUT', '/elastic-ip/{id}:attach'),
  'detach-instance-from-elastic-ip': write('PUT', '/elastic-ip/{id}:detach'),
  'list-private-networks': read('/private-network'),
  'get-private-network': read('/private-network/{id}'),
  'attach-instance-to-private-network': write('PUT', '/private-network/{id}:attach'),
  'detach-instance-from-private-network': write('PUT', '/private-network/{id}:detach'),
  'list-deploy-targets': read('/deploy-target'),

  'list-snapshots': read('/snapshot'),
  'get-snapshot': read('/snapshot/{id}'),
  'delete-snapshot': danger('DELETE', '/snapshot/{id}', 'operator'),
  'export-snapshot': write('POST', '/snapshot/{id}:export'),

  'list-block-storage-volumes': read('/block-storage'),
  'get-block-storage-volume': read('/block-storage/{id}'),
  'create-block-storage-volume': write('POST', '/block-storage'),
  'delete-block-storage-volume': danger('DELETE', '/block-storage/{id}'),
  'attach-block-storage-volume-to-instance': write('PUT', '/block-storage/{id}:attach'),
  'detach-block-storage-volume': write('PUT', '/block-storage/{id}:detach'),
  'update-block-storage-volume': write('PUT', '/block-storage/{id}'),
  'resize-block-storage-volume': write('PUT', '/block-storage/{id}:resize-volume'),

  'list-instance-pools': read('/instance-pool'),
  'get-instance-pool': read('/instance-pool/{id}'),
  'evict-instance-pool-members': danger('PUT', '/instance-pool/{id}:evict'),

  'list-events': read('/event'),
  'list-quotas': read('/quota'),
  'get-usage-report': read('/usage-report'),
  'get-impact-report': read('/environmental-impact/report'),
  'get-reverse-dns-instance': read('/reverse-dns/instance/{id}'),
  'update-reverse-dns-instance': write('POST', '/reverse-dns/instance/{id}'),
  'delete-reverse-dns-instance': write('DELETE', '/reverse-dns/instance/{id}'),
} as const satisfies Record<string, Endpoint>

export type EndpointId = keyof typeof endpoints

export const isEndpointId = (name: string): name is EndpointId =>
  Object.hasOwn(endpoints, name)

/** Those that change nothing. */
export type ReadingId = {
  [Id in EndpointId]: (typeof endpoints)[Id]['access'] extends 'read' | 'reveal'
    ? Id
    : never
}[EndpointId]
/** Those that change something, which must be sent once (once.ts). */
export type ChangingId = Exclude<EndpointId, ReadingId>

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const parameterPatterns: Record<string, string> = {
  id: uuid,
  'instance-id': uuid,
  'rule-id': uuid,
  field: 'labels',
  name: '[^/:]{1,765}',
}

const isUuid = new RegExp(`^${uuid}$`)

/** Whether this is an ID as Exoscale writes them: a text with a lower-case UUID. */
export function isId(value: unknown): boolean {
  // A pattern takes anything, by methods of its own.
  return typeof value === 'string' && isUuid.test(value)
}

type Pattern = { id: EndpointId; method: Method; regExp: RegExp; names: string[] }

const patterns: Pattern[] = Object.entries(endpoints).map(([id, { method, path }]) => {
  const names: string[] = []
  const source = path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    names.push(name)
    return `(${parameterPatterns[name] ?? uuid})`
  })
  // Object.entries types the table's keys as strings.
  return { id: id as EndpointId, method, regExp: new RegExp(`^${source}$`), names }
})

export type Match = {
  id: EndpointId
  endpoint: Endpoint
  parameters: Record<string, string>
}

/**
 * Whether a parameter, however often it is escaped, is or contains a path segment that a URL would
 * resolve (`.` or `..`): it would lead to another endpoint.
 */
function hasDotSegment(escaped: string): boolean {
  let text = escaped
  for (;;) {
    if (text.split(/[/\\]/).some((part) => part === '.' || part === '..')) return true
    let plain: string
    try {
      plain = decodeURIComponent(text)
    } catch {
      return false
    }
    if (plain === text) return false
    text = plain
  }
}

/**
 * The endpoint of a request. `path` is what follows `/v2`, still percent-encoded and without its
 * query; parameters are returned as they were sent. Only endpoints of the table match, and only ids
 * that are UUIDs.
 */
export function matchEndpoint(method: string, path: string): Match | undefined {
  for (const pattern of patterns) {
    if (pattern.method !== method) continue
    const found = pattern.regExp.exec(path)
    if (!found || found.slice(1).some(hasDotSegment)) continue
    const parameters = Object.fromEntries(
      pattern.names.map((name, index) => [name, found[index + 1] ?? '']),
    )
    return { id: pattern.id, endpoint: endpoints[pattern.id], parameters }
  }
  return undefined
}

/**
 * The path of an endpoint below `/v2` with its parameters filled in and escaped; the colon
 * of an action stays a colon (docs/platform.md#action-paths).
 */
export function endpointPath(
  id: EndpointId,
  parameters: Record<string, string> = {},
): string {
  return endpoints[id].path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = parameters[name]
    if (value === undefined) throw new Error(`${id} needs a ${name}`)
    return encodeURIComponent(value)
  })
}

/** The method that browsers use: no GET returns a secret. */
export function browserMethod(id: EndpointId): Method {
  const { access, method } = endpoints[id]
  return access === 'reveal' ? 'POST' : method
}

/** Whether a role may do what needs at least `least`. */
export function roleAllows(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least)
}
