import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, test, vi } from 'vitest'

import type { AppOptions } from '../options.ts'
import { gate, instanceId, json, operationId, withConsole } from '../testing/test-zone.ts'
import { tracesUrl, type TelemetrySettings } from './telemetry-settings.ts'
import { startTelemetry } from './telemetry.ts'

const instance = `/api/zones/ch-test-1/instance/${instanceId}`
const traceId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${traceId}-b7ad6b7169203331-01`

type Sent = { type: string | undefined; text: string }
type OtlpSpan = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[]
  status: { code?: number }
}

/** Takes what a collector would be sent. */
async function startCollector() {
  const sent: Sent[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { 'content-type': type } = request.headers
      sent.push({ type, text: Buffer.concat(parts).toString() })
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP port's address is an AddressInfo.
  const { port } = server.address() as AddressInfo
  const url = tracesUrl(undefined, `http://127.0.0.1:${port}/`) ?? ''
  return { sent, url, close: () => server.close() }
}

/** What a server sends while `use` runs and when it is closed. */
async function traced(
  use: Parameters<typeof withConsole>[0],
  changes: Partial<AppOptions> = {},
  protocol: TelemetrySettings['protocol'] = 'http/json',
): Promise<Sent[]> {
  const { sent, url, close } = await startCollector()
  const telemetry = await startTelemetry({ url, protocol, serviceName: 'vedette' }, '1')
  try {
    await withConsole(use, { ...changes, telemetry })
  } finally {
    close()
  }
  return sent
}

function spansIn(sent: Sent[]): OtlpSpan[] {
  return sent.flatMap(({ text }) => {
    // The JSON form of OpenTelemetry's protocol.
    const { resourceSpans } = JSON.parse(text) as {
      resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[]
    }
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans))
  })
}

const attributesOf = ({ attributes }: OtlpSpan) =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]),
  )

test('a request is a span, and so is each call of a zone that belongs to it', async () => {
  const sent = await traced(async (zone, { origin }) => {
    zone.answers[`GET /instance/${instanceId}`] = json({ id: instanceId, name: 'web-1' })
    zone.answers['POST /security-group'] = json({
      id: operationId,
      state: 'pending',
    })
    await fetch(`${origin}${instance}`, { headers: { cookie: 'sid=canary' } })
    const headers = { 'x-vedette': '1', 'content-type': 'application/json' }
    const body = JSON.stringify({ name: 'canary' })
    const group = `${origin}/api/zones/ch-test-1/security-group`
    await fetch(group, { method: 'POST', headers, body })
  })

  const spans = spansIn(sent)
  for (const [request, call] of [
    ['GET /api/zones/:zone/*', 'get-instance'],
    ['POST /api/zones/:zone/*', 'create-security-group'],
  ]) {
    const parent = spans.find(({ name }) => name === request)
    const child = spans.find(
      ({ name, parentSpanId }) => name === call && parentSpanId === parent?.spanId,
    )
    expect(child?.traceId).toBe(parent?.traceId)
    expect(child && attributesOf(child)).toMatchObject({
      'vedette.zone': 'ch-test-1',
      'vedette.endpoint': call,
      'http.response.status_code': 200,
    })
  }
  const text = sent.map((one) => one.text).join('')
  expect(text).not.toContain(instanceId)
  expect(text).not.toContain('canary')
  expect(text).not.toContain('web-1')
})

test('what goes on after the answer belongs to no request', async () => {
  const { sent, url, close } = await startCollector()
  const settings = { url, protocol: 'http/json', serviceName: 'vedette' } as const
  const telemetry = await startTelemetry(settings, '1')
  const arrival = { method: 'GET', route: '/api/feed', headers: {}, isTrusted: false }
  const request = telemetry.request(arrival)
  const later = gate()
  const goOn = async () => {
    await later.opened
    expect(telemetry.ids()).toEqual({})
    telemetry.observe('ch-test-1', 'GET', '/instance')(200)
  }
  let going: Promise<void> | undefined
  request.run(() => {
    going = goOn()
  })
  request.end(200)
  later.open()
  await going
  await telemetry.close()
  close()

  const call = spansIn(sent).find(({ name }) => name === 'list-instances')
  expect(call).toBeDefined()
  expect(call?.parentSpanId ?? '').toBe('')
})

test('a refusal of a zone is an error of its call', async () => {
  const sent = await traced(async (_zone, { origin }) => {
    await fetch(`${origin}${instance}`)
  })

  const call = spansIn(sent).find(({ name }) => name === 'get-instance')
  expect(call?.status.code).toBe(2)
  expect(call && attributesOf(call)).toMatchObject({ 'error.type': '404' })
})

test.each<[string, Partial<AppOptions>, boolean]>([
  ['a trusted proxy', { trustedProxies: ['127.0.0.1'] }, true],
  ['anyone else', {}, false],
])('a trace of %s', async (_who, changes, goesOn) => {
  const sent = await traced(async (_zone, { origin }) => {
    const headers = { traceparent, 'x-forwarded-for': '192.0.2.7' }
    await fetch(`${origin}/api/inventory`, { headers })
  }, changes)

  const span = spansIn(sent).find(({ name }) => name === 'GET /api/inventory')
  expect(span?.traceId === traceId).toBe(goesOn)
})

test('a line of the log names its trace', async () => {
  const lines: string[] = []
  const logTo = { write: (line: string) => void lines.push(line) }
  const sent = await traced(
    async (_zone, { origin }) => {
      await fetch(`${origin}/api/inventory`)
    },
    { logTo, logLevel: 'info' },
  )

  const span = spansIn(sent).find(({ name }) => name === 'GET /api/inventory')
  const line = lines.find((one) => one.includes('"answered"'))
  expect(line).toContain(`"trace_id":"${span?.traceId}"`)
})

test('without another setting, traces are sent as protobuf', async () => {
  const use: Parameters<typeof withConsole>[0] = async (_zone, { origin }) => {
    await fetch(`${origin}/api/inventory`)
  }
  const [first] = await traced(use, {}, 'http/protobuf')

  expect(first?.type).toBe('application/x-protobuf')
  expect(first?.text).toContain('GET /api/inventory')
})

test('a collector that is away is told once, and nothing waits for it', async () => {
  const lines: string[] = []
  const logTo = { write: (line: string) => void lines.push(line) }
  const { url, close } = await startCollector()
  close()
  // One of OpenTelemetry's own variables, which its packages read.
  vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '1000')
  const settings = { url, protocol: 'http/json', serviceName: 'vedette' } as const
  const telemetry = await startTelemetry(settings, '1')
  vi.unstubAllEnvs()

  await withConsole(
    async (_zone, { origin }) => {
      expect((await fetch(`${origin}/api/inventory`)).status).toBe(200)
    },
    { telemetry, logTo, logLevel: 'warn' },
  )

  expect(lines.filter((line) => line.includes('OpenTelemetry'))).toHaveLength(1)
})
