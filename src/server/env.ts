/**
 * Parses the settings once. A wrong one stops the start with one sentence that names the
 * variable; the value of a secret is never part of it.
 */
import { readFileSync } from 'node:fs'
import { isIPv4 } from 'node:net'

import * as v from 'valibot'

import { readSource } from '#contract/access/source.ts'
import { AUDIT_DAYS } from '#contract/audit/audit.ts'
import { isEndpointId } from '#contract/endpoints.ts'

import { oidcRules, type OidcSettings } from './people/oidc-settings.ts'
import {
  headerValues,
  telemetryRules,
  tracesUrl,
  type TelemetrySettings,
} from './telemetry/telemetry-settings.ts'

export class SettingsError extends Error {}

/** The server can't start now, which may be over at the next attempt; the message is the sentence for the administrator. */
export class StartLater extends Error {}

export type Credentials = { key: string; secret: string }

export type Settings = {
  host: string
  port: number
  /** Absent: the sandbox is used. */
  credentials?: Credentials
  zones?: string[]
  /** A base URL with its `/v2`, instead of the public hosts. */
  apiEndpoint?: string
  publicUrl?: URL
  /** Whether others may use the API key, because the administrator said so. */
  unsafeNoSignIn: boolean
  /** Whether people sign in with accounts that Vedette stores, and by an identity provider as well. */
  signIn: 'local' | 'oidc' | 'off'
  /** Set if `signIn` is `oidc`. */
  oidc?: OidcSettings
  /** Addresses and networks of proxies that say who asks. */
  trustedProxies: string[]
  consoleVia: 'direct' | 'relay'
  /** Host patterns a browser may open consoles on, as CSP writes them. */
  consoleHosts: string[]
  dataDir: string
  /** A PostgreSQL instead of the files in `dataDir`; holds its password. */
  databaseUrl?: string
  logLevel: string
  /** How long rows of the audit log are kept. */
  auditDays: number
  /** Where traces are sent; absent: nowhere. */
  telemetry?: TelemetrySettings
  /** Where `/metrics` answers; absent: nowhere. */
  metrics?: { host: string; port: number }
  sandboxMachines: 'auto' | 'qemu' | 'painted'
  /** Whether the sandbox's templates include Debian's installer. */
  sandboxInstaller: boolean
  /** The websocket subprotocol that consoles require. */
  sandboxSubprotocol: 'any' | 'binary'
  /** How many times faster than in reality the sandbox's operations run. */
  sandboxSpeed: number
  /** Instances added to the demo data, for measurements. */
  sandboxInstances: number
  /** How long the sandbox's console tickets are valid. */
  sandboxTicketSeconds: number
  /** What the sandbox's key may call, and how much its zones answer. */
  sandboxPolicy: {
    allow?: string[]
    deny?: string[]
    answers: 'full' | 'least' | 'empty' | 'nulls' | 'unknown'
  }
}

type Environment = Record<string, string | undefined>

const list = v.pipe(
  v.string(),
  v.transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  ),
)
const wholeNumber = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d+$/),
    v.transform(Number),
    v.minValue(least),
    v.maxValue(most),
  )

const operations = v.optional(
  v.pipe(list, v.array(v.pipe(v.string(), v.check(isEndpointId)))),
)

const rules = {
  HOST: [v.optional(v.pipe(v.string(), v.regex(/^[\w.:-]+$/)), '127.0.0.1'), 'a host name'],
  PORT: [v.optional(wholeNumber(0, 65_535), '8080'), 'a port number'],
  EXOSCALE_ZONES: [v.optional(list), 'a comma-separated list of zones'],
  EXOSCALE_API_ENDPOINT: [
    v.optional(v.pipe(v.string(), v.regex(/^https?:\/\/[^/?#]+\/v2$/))),
    'a base URL that ends with /v2',
  ],
  PUBLIC_URL: [
    v.optional(v.pipe(v.string(), v.regex(/^https?:\/\/[^/?#]+\/?$/))),
    'an origin, for example https://vedette.example.com',
  ],
  CONSOLE_VIA: [v.optional(v.picklist(['direct', 'relay']), 'direct'), 'direct or relay'],
  CONSOLE_HOSTS: [
    v.optional(
      v.pipe(list, v.array(v.pipe(v.string(), v.regex(/^[\w.*:-]+$/)))),
      '*.exoscale.com',
    ),
    'a comma-separated list of hosts',
  ],
  DATA_DIR: [v.optional(v.string(), './data'), 'a directory'],
  LOG_LEVEL: [
    v.optional(v.picklist(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])),
    'fatal, error, warn, info, debug or silent',
  ],
  SIGN_IN: [v.optional(v.picklist(['local', 'oidc', 'off']), 'off'), 'local, oidc or off'],
  ...oidcRules,
  TRUSTED_PROXIES: [
    v.optional(
      v.pipe(
        list,
        v.array(
          v.pipe(
            v.string(),
            v.check((text) => readSource(text).ok),
          ),
        ),
      ),
      '',
    ),
    'a comma-separated list of IP addresses and networks',
  ],
  UNSAFE_NO_SIGN_IN: [v.optional(v.picklist(['on', 'off']), 'off'), 'on or off'],
  AUDIT_DAYS: [
    v.optional(wholeNumber(1, 36_500), String(AUDIT_DAYS)),
    'a whole number from 1 to 36500',
  ],
  ...telemetryRules,
  METRICS_PORT: [v.optional(wholeNumber(0, 65_535)), 'a port number'],
  METRICS_HOST: [
    v.optional(v.pipe(v.string(), v.regex(/^[\w.:-]+$/)), '127.0.0.1'),
    'a host name',
  ],
  SANDBOX_MACHINES: [
    v.optional(v.picklist(['auto', 'qemu', 'painted']), 'auto'),
    'auto, qemu or painted',
  ],
  SANDBOX_INSTALLER: [v.optional(v.picklist(['on', 'off']), 'off'), 'on or off'],
  SANDBOX_SPEED: [
    v.optional(v.pipe(v.string(), v.decimal(), v.transform(Number), v.minValue(0.1)), '1'),
    'a number of at least 0.1',
  ],
  SANDBOX_INSTANCES: [
    v.optional(wholeNumber(0, 100_000), '0'),
    'a whole number from 0 to 100000',
  ],
  SANDBOX_ALLOW: [operations, 'a comma-separated list of operations'],
  SANDBOX_DENY: [operations, 'a comma-separated list of operations'],
  SANDBOX_ANSWERS: [
    v.optional(v.picklist(['full', 'least', 'empty', 'nulls', 'unknown']), 'full'),
    'full, least, empty, nulls or unknown',
  ],
  SANDBOX_SUBPROTOCOL: [v.optional(v.picklist(['any', 'binary']), 'any'), 'any or binary'],
  SANDBOX_TICKET_SECONDS: [
    v.optional(wholeNumber(1, 60), '60'),
    'a whole number from 1 to 60',
  ],
} as const

type Name = keyof typeof rules

function read<N extends Name>(environment: Environment, name: N) {
  const [schema, meaning] = rules[name]
  const result = v.safeParse(schema, environment[name] || undefined)
  if (!result.success) throw new SettingsError(`${name} must be ${meaning}.`)
  // The table pairs each name with its own schema; the type of the whole table doesn't keep the pairs.
  return result.output as v.InferOutput<(typeof rules)[N][0]>
}

/** A secret from its variable, or from the file that `<name>_FILE` names. */
function readSecret(environment: Environment, name: string): string | undefined {
  const file = environment[`${name}_FILE`]
  if (!file) return environment[name] || undefined
  if (environment[name]) throw new SettingsError(`Set ${name} or ${name}_FILE, not both.`)
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch {
    throw new SettingsError(`Cannot read the file set in ${name}_FILE.`)
  }
}

/** The values of all secrets in an environment, for what must not contain them. */
export function secretsIn(environment: Environment): string[] {
  const valueOf = (name: string) => {
    try {
      return readSecret(environment, name) ?? ''
    } catch {
      // Whoever reads the settings says so.
      return environment[name] ?? ''
    }
  }
  const url = valueOf('DATABASE_URL')
  const password = URL.canParse(url) ? new URL(url).password : ''
  const [key, secret] = [valueOf('EXOSCALE_API_KEY'), valueOf('EXOSCALE_API_SECRET')]
  const tokens = [
    ...headerValues(valueOf('OTEL_EXPORTER_OTLP_HEADERS')),
    ...headerValues(valueOf('OTEL_EXPORTER_OTLP_TRACES_HEADERS')),
  ]
  return [key, secret, url, password, valueOf('OIDC_CLIENT_SECRET'), ...tokens]
}

function readCredentials(environment: Environment): Credentials | undefined {
  const key = readSecret(environment, 'EXOSCALE_API_KEY')
  const secret = readSecret(environment, 'EXOSCALE_API_SECRET')
  if (!key && !secret) return undefined
  if (!key)
    throw new SettingsError('EXOSCALE_API_SECRET is set, but EXOSCALE_API_KEY is not.')
  if (!secret)
    throw new SettingsError('EXOSCALE_API_KEY is set, but EXOSCALE_API_SECRET is not.')
  if (!/^[\w-]+$/.test(key))
    throw new SettingsError('EXOSCALE_API_KEY is not a valid API key.')
  return { key, secret }
}

/** Whether an address or name is this host's own. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  if (isIPv4(bare)) return bare.startsWith('127.')
  return bare === 'localhost' || bare === '::1'
}

/** Why a server with a real key isn't started: whoever reaches it could use the key. */
const noSignIn =
  'No one has to sign in, so anyone who can reach another address could use your API key. Set SIGN_IN=local, or UNSAFE_NO_SIGN_IN=on to allow that.'

/** Throws where a setting lets others than this host reach a server that has a real key. */
function requireLoopback(host: string, publicUrl: URL | undefined): void {
  if (!isLoopback(host))
    throw new SettingsError(`HOST must be 127.0.0.1 or localhost. ${noSignIn}`)
  if (publicUrl && !isLoopback(publicUrl.hostname))
    throw new SettingsError(`PUBLIC_URL must be an address of this host. ${noSignIn}`)
}

/** Throws where people would send passwords and cookies over the network as plain text. */
function requireHttps(host: string, publicUrl: URL | undefined): void {
  if (!isLoopback(host) && publicUrl?.protocol !== 'https:')
    throw new SettingsError(
      'PUBLIC_URL must be the https:// address at which people sign in, because HOST is an address that others can reach.',
    )
}

/** Whether only this host may reach the server: it has a real key, and no one signs in. */
export const isOnlyThisHost = (
  settings: Pick<Settings, 'credentials' | 'unsafeNoSignIn' | 'signIn'>,
): boolean =>
  Boolean(settings.credentials) && !settings.unsafeNoSignIn && settings.signIn === 'off'

/** The same for the address that a host name turned out to be. */
export function requireLoopbackAddress(settings: Settings, address: string): void {
  if (isOnlyThisHost(settings) && !isLoopback(address))
    throw new SettingsError(`HOST leads to ${address}, which others can reach. ${noSignIn}`)
}

function readPublicUrl(environment: Environment): URL | undefined {
  const text = read(environment, 'PUBLIC_URL')
  if (!text) return undefined
  const url = new URL(text)
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new SettingsError('PUBLIC_URL must use https, except for localhost.')
  }
  return url
}

/** The settings of the identity provider; throws where one that it needs is absent. */
function readOidc(environment: Environment, publicUrl: URL | undefined): OidcSettings {
  const need = <T>(name: string, value: T | undefined): T => {
    if (value !== undefined) return value
    throw new SettingsError(`${name} must be set, because SIGN_IN is oidc.`)
  }
  const issuer = new URL(need('OIDC_ISSUER', read(environment, 'OIDC_ISSUER')))
  if (issuer.protocol === 'http:' && !isLoopback(issuer.hostname))
    throw new SettingsError('OIDC_ISSUER must use https, except for localhost.')
  const clientId = need('OIDC_CLIENT_ID', read(environment, 'OIDC_CLIENT_ID'))
  const clientSecret = need(
    'OIDC_CLIENT_SECRET',
    readSecret(environment, 'OIDC_CLIENT_SECRET'),
  )
  const byGroup = need('OIDC_ROLES', read(environment, 'OIDC_ROLES'))
  // The provider leads people back to this address, and to no other.
  need('PUBLIC_URL', publicUrl)
  return {
    issuer,
    clientId,
    clientSecret,
    roles: byGroup,
    rolesClaim: read(environment, 'OIDC_ROLES_CLAIM'),
    name: read(environment, 'OIDC_NAME'),
    scopes: read(environment, 'OIDC_SCOPES'),
  }
}

function readDatabaseUrl(environment: Environment): string | undefined {
  const url = readSecret(environment, 'DATABASE_URL')
  if (url && !/^postgres(ql)?:\/\//.test(url))
    throw new SettingsError('DATABASE_URL must start with postgres://.')
  return url
}

function readTelemetry(environment: Environment): TelemetrySettings | undefined {
  const url = tracesUrl(
    read(environment, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'),
    read(environment, 'OTEL_EXPORTER_OTLP_ENDPOINT'),
  )
  if (!url || read(environment, 'OTEL_SDK_DISABLED') === 'true') return undefined
  const protocol = read(environment, 'OTEL_EXPORTER_OTLP_PROTOCOL')
  return { url, protocol, serviceName: read(environment, 'OTEL_SERVICE_NAME') }
}

/**
 * Reads every setting; throws a `SettingsError` with one sentence for the first wrong one. On a
 * terminal, requests are logged only when LOG_LEVEL asks for them.
 */
export function readSettings(environment: Environment, onTerminal = false): Settings {
  const host = read(environment, 'HOST')
  const credentials = readCredentials(environment)
  const unsafeNoSignIn = read(environment, 'UNSAFE_NO_SIGN_IN') === 'on'
  const zones = read(environment, 'EXOSCALE_ZONES')
  const apiEndpoint = read(environment, 'EXOSCALE_API_ENDPOINT')
  const publicUrl = readPublicUrl(environment)
  const signIn = read(environment, 'SIGN_IN')
  if (isOnlyThisHost({ ...(credentials ? { credentials } : {}), unsafeNoSignIn, signIn }))
    requireLoopback(host, publicUrl)
  if (signIn !== 'off') requireHttps(host, publicUrl)
  const oidc = signIn === 'oidc' ? readOidc(environment, publicUrl) : undefined
  const databaseUrl = readDatabaseUrl(environment)
  const telemetry = readTelemetry(environment)
  const metricsPort = read(environment, 'METRICS_PORT')
  const allow = read(environment, 'SANDBOX_ALLOW')
  const deny = read(environment, 'SANDBOX_DENY')
  return {
    host,
    port: read(environment, 'PORT'),
    ...(credentials ? { credentials } : {}),
    ...(zones?.length ? { zones } : {}),
    ...(apiEndpoint ? { apiEndpoint } : {}),
    ...(publicUrl ? { publicUrl } : {}),
    unsafeNoSignIn,
    signIn,
    ...(oidc ? { oidc } : {}),
    trustedProxies: read(environment, 'TRUSTED_PROXIES'),
    consoleVia: read(environment, 'CONSOLE_VIA'),
    consoleHosts: read(environment, 'CONSOLE_HOSTS'),
    dataDir: read(environment, 'DATA_DIR'),
    ...(databaseUrl ? { databaseUrl } : {}),
    logLevel: read(environment, 'LOG_LEVEL') ?? (onTerminal ? 'warn' : 'info'),
    auditDays: read(environment, 'AUDIT_DAYS'),
    ...(telemetry ? { telemetry } : {}),
    ...(metricsPort === undefined
      ? {}
      : { metrics: { host: read(environment, 'METRICS_HOST'), port: metricsPort } }),
    sandboxMachines: read(environment, 'SANDBOX_MACHINES'),
    sandboxInstaller: read(environment, 'SANDBOX_INSTALLER') === 'on',
    sandboxSpeed: read(environment, 'SANDBOX_SPEED'),
    sandboxInstances: read(environment, 'SANDBOX_INSTANCES'),
    sandboxTicketSeconds: read(environment, 'SANDBOX_TICKET_SECONDS'),
    sandboxSubprotocol: read(environment, 'SANDBOX_SUBPROTOCOL'),
    sandboxPolicy: {
      ...(allow ? { allow } : {}),
      ...(deny ? { deny } : {}),
      answers: read(environment, 'SANDBOX_ANSWERS'),
    },
  }
}
