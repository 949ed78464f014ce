/** The sandbox called directly, with signatures by openssl, which shares no code with Vedette. */
import { execFileSync } from 'node:child_process'

import { expect, launch, test } from './app.ts'

function sign(secret: string, message: string): string {
  const digest = execFileSync('openssl', ['dgst', '-sha256', '-hmac', secret, '-binary'], {
    input: message,
  })
  return execFileSync('openssl', ['base64', '-A'], { input: digest, encoding: 'utf8' })
}

function printed(lines: string[], name: string): string {
  const line = lines.find((one) => one.startsWith(`${name}=`))
  if (!line) throw new Error(`${name} was not printed`)
  return line.slice(name.length + 1)
}

test('the sandbox alone answers an independent signer and refuses a flipped bit', async () => {
  const sandbox = await launch(['sandbox', '--port', '0'], {}, /EXOSCALE_API_SECRET=(\S+)/)
  try {
    const endpoint = printed(sandbox.lines, 'EXOSCALE_API_ENDPOINT')
    const key = printed(sandbox.lines, 'EXOSCALE_API_KEY')
    const secret = printed(sandbox.lines, 'EXOSCALE_API_SECRET')
    const expires = Math.floor(Date.now() / 1000) + 600
    const signature = sign(secret, `GET /v2/instance\n\n\n\n${expires}`)
    const ask = (value: string) =>
      fetch(`${endpoint}/instance`, {
        headers: {
          authorization: `EXO2-HMAC-SHA256 credential=${key},expires=${expires},signature=${value}`,
        },
      })

    const answered = await ask(signature)
    const bytes = Buffer.from(signature, 'base64')
    bytes[0] = (bytes[0] ?? 0) ^ 1
    const refused = await ask(bytes.toString('base64'))

    expect(key).toMatch(/^EXO[0-9a-f]{24}$/)
    expect(answered.status).toBe(200)
    // The contract's answer of this endpoint.
    const { instances } = (await answered.json()) as { instances: { id: string }[] }
    expect(instances.length).toBeGreaterThan(3)
    expect(refused.status).toBe(403)
  } finally {
    await sandbox.kill()
  }
})
