import { expect, test } from 'vitest'

import { readSettings, SettingsError } from './env.ts'

test('without any setting, Vedette starts a sandbox on loopback', () => {
  const settings = readSettings({})

  expect(settings.credentials).toBeUndefined()
  expect(settings).toMatchObject({ host: '127.0.0.1', port: 8080, consoleVia: 'direct' })
})

test.each([
  [{ PORT: 'eighty' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ CONSOLE_VIA: 'sideways' }, 'CONSOLE_VIA'],
  [{ METRICS: 'maybe' }, 'METRICS'],
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

test('real credentials are only served on loopback', () => {
  const real = { EXOSCALE_API_KEY: 'EXOabc', EXOSCALE_API_SECRET: 'canary' }

  expect(() => readSettings({ ...real, HOST: '0.0.0.0' })).toThrow('HOST')
  expect(readSettings({ ...real, HOST: 'localhost' }).credentials?.key).toBe('EXOabc')
})

test("an error message never contains a secret's value", () => {
  expect(() => readSettings({ EXOSCALE_API_SECRET: 'canary' })).not.toThrow('canary')
})

test('requests are logged unless stdout is a terminal, and LOG_LEVEL decides first', () => {
  expect(readSettings({}).logLevel).toBe('info')
  expect(readSettings({}, true).logLevel).toBe('warn')
  expect(readSettings({ LOG_LEVEL: 'debug' }, true).logLevel).toBe('debug')
})
