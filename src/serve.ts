/**
 * Joins the parts: reads the settings, chooses the zones, starts the server and, if needed, the
 * sandbox. It doesn't use `process`: `main.ts` passes the environment, and ends what this starts.
 */
import { existsSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import type { FastifyInstance } from 'fastify'

import type { Session } from '#contract/people/session.ts'
import type { SandboxOptions } from '#sandbox/app.ts'
import { createApp } from '#server/app.ts'
import { auditCommand } from '#server/audit/audit-command.ts'
import {
  isLoopback,
  isOnlyThisHost,
  readSettings,
  requireLoopbackAddress,
  SettingsError,
  StartLater,
  type Settings,
} from '#server/env.ts'
import { createMetrics, serveMetrics, type Metrics } from '#server/metrics.ts'
import type { AppOptions } from '#server/options.ts'
import type { RenderFirstPage } from '#server/page/first-page.ts'
import { firstLink } from '#server/people/first-link.ts'
import { backupCommand } from '#server/store/backup.ts'
import { openStore } from '#server/store/store.ts'
import { awaySentence, StoreUnusable, unusableSentence } from '#server/store/unusable.ts'
import type { TelemetrySettings } from '#server/telemetry/telemetry-settings.ts'

const defaultEndpoint = 'https://api-ch-gva-2.exoscale.com/v2'
// In a build, this file is below dist/server; in development it is src/serve.ts.
const own = /\/(?:dist\/server\/(?:assets\/)?|src\/)[^/]*$/
const root = new URL(import.meta.url.replace(own, '/'))
// This repository's own package.json.
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  version: string
}

/** The address at which this process reaches itself, whatever its public host name. */
function localOrigin(settings: Settings, port: number): string {
  const host = isLoopback(settings.host) ? settings.host : '127.0.0.1'
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Renders the list on the server; it has its own build, which is absent in development. */
async function loadFirstPage() {
  const file = new URL('dist/first-page/first-page.js', root)
  if (!existsSync(file)) return undefined
  // The only export of src/web/first-page.tsx, in its build.
  const { renderFirstPage } = (await import(file.href)) as {
    renderFirstPage: RenderFirstPage
  }
  return renderFirstPage
}

/** Sends traces; its packages are loaded only where an address for them is set. */
async function loadTelemetry(settings: TelemetrySettings) {
  const { startTelemetry } = await import('#server/telemetry/telemetry.ts')
  return startTelemetry(settings, version)
}

/**
 * The store; in memory for a sandbox, whose instances end with the process, too. Throws a `SettingsError` where only the
 * administrator can change that it can't be used, and a `StartLater` where it may be there at the next start.
 */
async function openOwnStore({ credentials, databaseUrl, dataDir }: Settings) {
  if (!credentials) return openStore(':memory:')
  const setting = databaseUrl ? 'DATABASE_URL' : `DATA_DIR (${dataDir})`
  try {
    return await openStore(databaseUrl ?? join(dataDir, 'vedette.db'))
  } catch (error) {
    if (error instanceof StoreUnusable)
      throw new SettingsError(unusableSentence(error.why, setting))
    throw new StartLater(awaySentence(error, setting))
  }
}

/** A sandbox with these settings. */
async function openSandbox(
  settings: Settings,
  options: Pick<SandboxOptions, 'port' | 'key' | 'consoleOrigin'>,
) {
  const { createSandbox } = await import('#sandbox/app.ts')
  const sandbox = await createSandbox({
    machines: settings.sandboxMachines,
    installer: settings.sandboxInstaller,
    speed: settings.sandboxSpeed,
    extraInstances: settings.sandboxInstances,
    ticketMs: settings.sandboxTicketSeconds * 1_000,
    insistsOnBinary: settings.sandboxSubprotocol === 'binary',
    policy: settings.sandboxPolicy,
    ...options,
  })
  if (settings.sandboxInstaller && sandbox.machines === 'painted')
    console.warn(
      'SANDBOX_INSTALLER=on has no effect because the sandbox uses simulated (painted) screens.',
    )
  return sandbox
}

/** The zones to serve: the real ones, or an embedded sandbox without an API key. */
async function chooseZones(settings: Settings, consoleOrigin: () => string) {
  if (settings.credentials) {
    const endpoint = settings.apiEndpoint ?? defaultEndpoint
    return { endpoint, credentials: settings.credentials, sandbox: undefined }
  }
  const sandbox = await openSandbox(settings, { consoleOrigin })
  const { key, secret, endpoint } = sandbox
  return { endpoint, credentials: { key, secret }, sandbox }
}

/** Runs a command; what it throws becomes one sentence: the database's own message, or that of a wrong argument. */
async function inWords<T>(command: () => T | Promise<T>): Promise<T> {
  try {
    return await command()
  } catch (error) {
    if (error instanceof SettingsError) throw error
    throw new SettingsError(error instanceof Error ? error.message : String(error))
  }
}

/**
 * Runs `audit verify` with the settings of an environment.
 * @throws SettingsError with one sentence
 */
export async function runAudit(environment: NodeJS.ProcessEnv, args: string[]) {
  const settings = readSettings(environment)
  return inWords(() => auditCommand(settings, args))
}

/**
 * Runs `backup FILE` with the settings of an environment; returns what to print.
 * @throws SettingsError with one sentence
 */
export async function runBackup(environment: NodeJS.ProcessEnv, args: string[]) {
  const settings = readSettings(environment)
  return inWords(() => backupCommand(settings, args))
}

/** What a setting lacks where a port can't be opened. */
const portTroubles: Record<string, (at: string, of: string) => string> = {
  EADDRINUSE: (at, of) => `${at} is in use. Set ${of}PORT to a free port.`,
  EACCES: (at, of) => `This user may not open ${at}. Set ${of}PORT to a port above 1023.`,
  EADDRNOTAVAIL: (at, of) =>
    `${at} is not an address of this host. Set ${of}HOST to one that is.`,
  ENOTFOUND: (at, of) => `${at} can’t be found. Set ${of}HOST to an address of this host.`,
}

/**
 * Waits for a port to be opened; throws a SettingsError that names the setting, which begins with `of`, or a StartLater
 * where no name server has answered, as while the host itself starts.
 */
async function opened<T>(at: string, opening: Promise<T>, of = ''): Promise<T> {
  try {
    return await opening
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EAI_AGAIN')
      throw new StartLater(
        `Can’t look up ${at} of ${of}HOST now. Start Vedette again later, or set ${of}HOST to an IP address.`,
      )
    throw portTroubles[code] ? new SettingsError(portTroubles[code](at, of)) : error
  }
}

/** Lets the server, and what Prometheus reads, listen where the settings allow it. */
async function listen(
  app: FastifyInstance,
  settings: Settings,
  metrics: Metrics | undefined,
): Promise<void> {
  const { host, port } = settings
  if (metrics && settings.metrics) {
    const at = settings.metrics
    const serving = serveMetrics(metrics, at)
    const reading = await opened(`${at.host}:${at.port}`, serving, 'METRICS_')
    app.addHook('onClose', () => reading.close())
  }
  await opened(`${host}:${port}`, app.listen({ host, port }))
  // A name like localhost may lead elsewhere on this host.
  for (const at of app.addresses())
    if (typeof at !== 'string') requireLoopbackAddress(settings, at.address)
}

/** What to print when the server listens; `link` creates the first account. */
function startLines(
  { sandbox, unsafe }: Pick<Session, 'sandbox' | 'unsafe'>,
  origin: string,
  link: Awaited<ReturnType<typeof firstLink>>,
): string[] {
  const line = `Vedette ${version} is running at ${origin}${sandbox ? ' (sandbox)' : ''}`
  const warning =
    'UNSAFE_NO_SIGN_IN is on: anyone who can reach this server can use your API key.'
  const first = link && [
    `Create the first account at ${origin}${link.path}`,
    `The link works once, until ${new Date(link.endsAt).toLocaleTimeString()}. A restart prints a new one.`,
  ]
  return [line, ...(unsafe ? [warning] : []), ...(first ?? [])]
}

/** The started program. */
export type Serving = {
  /** The lines to print at the start. */
  lines: string[]
  /** Ends it and what it started; may be called twice. */
  close(): Promise<void>
}

/**
 * Serves Vedette with the settings of an environment; resolves when it is listening. On a terminal,
 * it logs requests only if LOG_LEVEL is set.
 * @throws SettingsError with one sentence that names the setting, or a StartLater with one
 */
export async function serveConsole(
  environment: NodeJS.ProcessEnv,
  onTerminal = false,
): Promise<Serving> {
  const settings = readSettings(environment, onTerminal)
  let consoleOrigin = 'ws://127.0.0.1'
  const { endpoint, credentials, sandbox } = await chooseZones(
    settings,
    () => consoleOrigin,
  )

  const name = sandbox ? 'Demo' : 'You'
  const withoutAccounts = sandbox ? 'demo' : 'off'
  const signIn = settings.signIn === 'off' ? withoutAccounts : 'local'
  const session: AppOptions['session'] = {
    person: { id: name, name, role: 'admin' },
    signIn,
    sandbox: Boolean(sandbox),
    ...(settings.unsafeNoSignIn && !sandbox && signIn === 'off'
      ? { unsafe: true as const }
      : {}),
    version,
    consoleVia: settings.consoleVia,
    // Simulated, once it is known that guests can't be downloaded.
    get machines() {
      return sandbox?.machines
    },
  }
  const render = await loadFirstPage()
  const metrics = settings.metrics && createMetrics()
  const store = await openOwnStore(settings)
  const telemetry = settings.telemetry && (await loadTelemetry(settings.telemetry))
  const app = await createApp({
    endpoint,
    credentials,
    ...(settings.zones ? { zones: settings.zones } : {}),
    ...(settings.oidc ? { oidc: settings.oidc } : {}),
    session,
    consoleHosts: settings.consoleHosts,
    ...(sandbox
      ? {
          ownConsoleOrigin: () => consoleOrigin,
          handleUpgrade: sandbox.handleUpgrade,
          sandbox: sandbox.controls,
        }
      : {}),
    ...(render ? { renderFirstPage: render } : {}),
    store,
    ...(settings.credentials && settings.databaseUrl
      ? { sharedAt: settings.databaseUrl }
      : {}),
    webRoot: fileURLToPath(new URL('dist/web/', root)),
    ...(settings.publicUrl ? { publicUrl: settings.publicUrl } : {}),
    // A sandbox has nothing to protect from a rebound name; anything else is only on loopback.
    trustAnyHost: Boolean(sandbox) && !isLoopback(settings.host),
    onlyThisHost: isOnlyThisHost(settings),
    trustedProxies: settings.trustedProxies,
    logLevel: settings.logLevel,
    auditDays: settings.auditDays,
    ...(metrics ? { metrics } : {}),
    ...(telemetry ? { telemetry } : {}),
  })

  try {
    await listen(app, settings, metrics)
  } catch (error) {
    await Promise.all([app.close(), sandbox?.close()])
    throw error
  }
  // Fastify listens on a TCP port here, whose address is an AddressInfo.
  const { port } = app.server.address() as AddressInfo
  const local = localOrigin(settings, port)
  const origin = settings.publicUrl?.origin ?? local
  // The relay opens the sandbox's consoles itself, and may not be able to reach the public host name. Browsers get a path.
  consoleOrigin = local.replace(/^http/, 'ws')

  const link = signIn === 'local' ? await firstLink(store) : undefined
  return {
    lines: startLines(session, origin, link),
    async close() {
      // The server waits for open screens, which the sandbox ends.
      await Promise.all([app.close(), sandbox?.close()])
    },
  }
}

/**
 * Serves only the sandbox's zones, by the arguments `--port`, `--key` and `--console-origin`.
 * @throws SettingsError with one sentence that names the setting or the argument
 */
export async function serveSandbox(
  environment: NodeJS.ProcessEnv,
  args: string[],
): Promise<Serving> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '9090' },
      key: { type: 'string' },
      // A proxy in front of the consoles, for example in tests of failures.
      'console-origin': { type: 'string' },
    },
  })
  const consoleOrigin = values['console-origin']
  const settings = readSettings({
    ...environment,
    EXOSCALE_API_KEY: '',
    EXOSCALE_API_SECRET: '',
  })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SettingsError(`--port must be a number from 0 to 65535, not ${values.port}.`)
  }
  const opening = openSandbox(settings, {
    port,
    ...(values.key ? { key: values.key } : {}),
    ...(consoleOrigin ? { consoleOrigin: () => consoleOrigin } : {}),
  })
  const sandbox = await opened(`127.0.0.1:${port}`, opening)
  const zones = sandbox.zones.map(({ name }) => name).join(', ')
  return {
    lines: [
      `The sandbox is running with these zones: ${zones}.`,
      `EXOSCALE_API_ENDPOINT=${sandbox.endpoint}`,
      `EXOSCALE_API_KEY=${sandbox.key}`,
      `EXOSCALE_API_SECRET=${sandbox.secret}`,
    ],
    close: () => sandbox.close(),
  }
}
