import { expect, test } from 'vitest'

import { readSettings, secretsIn, SettingsError } from './env.ts'

test('without any setting, Vedette starts a sandbox on loopback', () => {
  const settings = readSettings({})

  expect(settings.credentials).toBeUndefined()
  expect(settings).toMatchObject({ host: '127.0.0.1', port: 8080, consoleVia: 'direct' })
})

test.each([
  [{ PORT: 'eighty' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ CONSOLE_VIA: 'sideways' }, 'CONSOLE_VIA'],
  [{ METRICS_PORT: 'on' }, 'METRICS_PORT'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  [
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    },
    'OTEL_EXPORTER_OTLP_PROTOCOL',
  ],
  [{ SIGN_IN: 'yes' }, 'SIGN_IN'],
  [{ SIGN_IN: 'local', HOST: '0.0.0.0' }, 'PUBLIC_URL'],
  [{ SIGN_IN: 'oidc' }, 'OIDC_ISSUER'],
  [{ TRUSTED_PROXIES: '10.0.0.0/33' }, 'TRUSTED_PROXIES'],
  [{ TRUSTED_PROXIES: 'nginx' }, 'TRUSTED_PROXIES'],
  [{ EXOSCALE_API_ENDPOINT: 'https://api.example' }, 'EXOSCALE_API_ENDPOINT'],
  [{ EXOSCALE_API_KEY: 'EXOabc' }, 'EXOSCALE_API_SECRET'],
  [{ EXOSCALE_API_SECRET: 'canary' }, 'EXOSCALE_API_KEY'],
  [{ PUBLIC_URL: 'http://console.example' }, 'PUBLIC_URL'],
  [{ SANDBOX_SPEED: '0' }, 'SANDBOX_SPEED'],
  [{ SANDBOX_DENY: 'list-nothing' }, 'SANDBOX_DENY'],
  [{ SANDBOX_ANSWERS: 'some' }, 'SANDBOX_ANSWERS'],
  [{ SANDBOX_INSTALLER: 'yes' }, 'SANDBOX_INSTALLER'],
  [{ SANDBOX_SUBPROTOCOL: 'none' }, 'SANDBOX_SUBPROTOCOL'],
  [{ CONSOLE_HOSTS: "evil; script-src 'unsafe-inline'" }, 'CONSOLE_HOSTS'],
  [{ DATABASE_URL: 'mysql://db/vedette' }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'postgres://db/x', DATABASE_URL_FILE: '/run/db' }, 'DATABASE_URL'],
  [{ EXOSCALE_API_SECRET_FILE: '/nowhere/at/all' }, 'EXOSCALE_API_SECRET_FILE'],
])('a wrong setting is refused by name: %o', (environment, name) => {
  expect(() => readSettings(environment)).toThrow(SettingsError)
  expect(() => readSettings(environment)).toThrow(name)
})

test('with a sign-in, a real key is served at any address that people open by https', () => {
  const real = {
    EXOSCALE_API_KEY: 'EXOabc',
    EXOSCALE_API_SECRET: 'canary',
    SIGN_IN: 'local',
  }
  const PUBLIC_URL = 'https://vedette.example.com'

  expect(readSettings({ ...real, HOST: '0.0.0.0', PUBLIC_URL }).signIn).toBe('local')
  expect(readSettings(real).signIn).toBe('local')
  expect(() => readSettings({ ...real, HOST: '::' })).toThrow(/^PUBLIC_URL .*https/)
  const proxies = '127.0.0.1, 10.0.0.0/8,2001:db8::/32'
  expect(readSettings({ ...real, TRUSTED_PROXIES: proxies }).trustedProxies).toHaveLength(3)
})

test('real credentials are only served on loopback', () => {
  const real = { EXOSCALE_API_KEY: 'EXOabc', EXOSCALE_API_SECRET: 'canary' }

  const elsewhere = [
    '0.0.0.0',
    '::',
    '192.0.2.1',
    'vedette',
    '127.0.0.1.example',
    '127.300.0.1',
  ]
  for (const HOST of elsewhere)
    expect(() => readSettings({ ...real, HOST })).toThrow('HOST')
  expect(readSettings({ ...real, HOST: 'localhost' }).credentials?.key).toBe('EXOabc')
})

test.each([
  'https://vedette.example.com',
  'https://localhost.example.com',
  'https://192.0.2.1',
  'https://[2001:db8::1]:8443',
  'https://vedette',
])('a proxy at %s makes a real key everybody’s, which must be allowed', (url) => {
  const real = { EXOSCALE_API_KEY: 'EXOabc', EXOSCALE_API_SECRET: 'canary' }

  const start = () => readSettings({ ...real, PUBLIC_URL: url })

  expect(start).toThrow(SettingsError)
  expect(start).toThrow(/^PUBLIC_URL .* UNSAFE_NO_SIGN_IN=on/)
  const allowed = { ...real, PUBLIC_URL: url, UNSAFE_NO_SIGN_IN: 'on' }
  expect(readSettings(allowed)).toMatchObject({ unsafeNoSignIn: true })
  expect(readSettings({ ...allowed, HOST: '0.0.0.0' }).host).toBe('0.0.0.0')
  // Without a key there is nothing to protect.
  expect(readSettings({ PUBLIC_URL: url }).publicUrl?.href).toContain(url)
})

test('PUBLIC_URL may be an address of this host, and UNSAFE_NO_SIGN_IN must be on or off', () => {
  const real = { EXOSCALE_API_KEY: 'EXOabc', EXOSCALE_API_SECRET: 'canary' }
  for (const PUBLIC_URL of [
    'http://localhost:9000',
    'https://127.0.0.1',
    'http://[::1]:80',
  ])
    expect(readSettings({ ...real, PUBLIC_URL }).publicUrl).toBeDefined()
  const unclear = {
    ...real,
    UNSAFE_NO_SIGN_IN: 'yes',
    PUBLIC_URL: 'https://vedette.example',
  }
  expect(() => readSettings(unclear)).toThrow('UNSAFE_NO_SIGN_IN must be on or off')
})

test("an error message never contains a secret's value", () => {
  expect(() => readSettings({ EXOSCALE_API_SECRET: 'canary' })).not.toThrow('canary')
})

test('requests are logged unless stdout is a terminal, and LOG_LEVEL decides first', () => {
  expect(readSettings({}).logLevel).toBe('info')
  expect(readSettings({}, true).logLevel).toBe('warn')
  expect(readSettings({ LOG_LEVEL: 'debug' }, true).logLevel).toBe('debug')
})

const oidc = {
  SIGN_IN: 'oidc',
  PUBLIC_URL: 'https://vedette.example.com',
  OIDC_ISSUER: 'https://id.example.com/realms/main',
  OIDC_CLIENT_ID: 'vedette',
  OIDC_CLIENT_SECRET: 'canary of the client',
  OIDC_ROLES: 'ops=operator, leads = admin',
}

test('an identity provider needs its settings, and the others have defaults', () => {
  expect(readSettings(oidc)).toMatchObject({
    signIn: 'oidc',
    oidc: {
      clientId: 'vedette',
      clientSecret: 'canary of the client',
      rolesClaim: 'groups',
      name: 'single sign-on',
      scopes: 'openid profile',
    },
  })
  expect(readSettings({ ...oidc, SIGN_IN: 'local' }).oidc).toBeUndefined()
  for (const name of Object.keys(oidc).slice(1)) {
    const start = () => readSettings({ ...oidc, [name]: '' })
    expect(start, name).toThrow(SettingsError)
    expect(start, name).toThrow(`${name} must be set, because SIGN_IN is oidc.`)
  }
  const local = { PUBLIC_URL: 'http://localhost:8080', OIDC_ISSUER: 'http://127.0.0.1:9' }
  expect(readSettings({ ...oidc, ...local }).oidc?.issuer.port).toBe('9')
})

test.each([
  { OIDC_ISSUER: 'http://id.example.com' },
  { OIDC_ISSUER: 'id.example.com' },
  { OIDC_ISSUER: 'https://id.example.com/.well-known/openid-configuration' },
  { OIDC_ISSUER: 'https://id.example.com/?tenant=1' },
  { OIDC_ROLES: 'ops' },
  { OIDC_ROLES: 'ops=root' },
  { OIDC_ROLES: 'ops=operator;leads=admin' },
  { OIDC_ROLES: 'ops=operator,ops=admin' },
  { OIDC_ROLES: '=admin' },
  { OIDC_ROLES_CLAIM: 'my groups' },
  { OIDC_NAME: 'a'.repeat(41) },
  { OIDC_NAME: 'Acme\u202E' },
  { OIDC_SCOPES: 'profile groups' },
  { OIDC_CLIENT_ID: 'ved\nette' },
])('a wrong setting of the identity provider is refused by name: %o', (wrong) => {
  const start = () => readSettings({ ...oidc, ...wrong })
  expect(start).toThrow(SettingsError)
  expect(start).toThrow(new RegExp(`^${Object.keys(wrong)[0]} must `))
})

test('names of groups may contain what separates them elsewhere', () => {
  const rolesOf = (OIDC_ROLES: string) => [
    ...(readSettings({ ...oidc, OIDC_ROLES }).oidc?.roles ?? []),
  ]
  expect(rolesOf('cn=ops,ou=groups,dc=example=operator , /leads=admin,')).toEqual([
    ['cn=ops,ou=groups,dc=example', 'operator'],
    ['/leads', 'admin'],
  ])
  expect(rolesOf('Team Ü=viewer')).toEqual([['Team Ü', 'viewer']])
})

test('the secret of the identity provider’s client is one that no log contains', () => {
  expect(secretsIn(oidc)).toContain('canary of the client')
})

test('traces go to the collector, unless OpenTelemetry is switched off', () => {
  const set = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }
  const telemetry = {
    url: 'http://127.0.0.1:4318/v1/traces',
    protocol: 'http/protobuf',
    serviceName: 'vedette',
  }
  expect(readSettings(set).telemetry).toEqual(telemetry)
  expect(readSettings({ ...set, OTEL_SDK_DISABLED: 'true' }).telemetry).toBeUndefined()
  // Meant for other programs of this host.
  expect(readSettings({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }).telemetry).toBeUndefined()
  const token = { OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20canary,other=1' }
  expect(secretsIn(token)).toContain('Basic canary')
})
