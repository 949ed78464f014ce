/**
 * Makes one zone of a sandbox go down and come back, while the others respond: the list of zones has the address of a proxy in front of that zone.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { setting, settingsFor, type Running } from './app.ts'
import { CutDoor } from './cut-door.ts'

type Zones = { zones: { name: string; 'api-endpoint': string }[] }

export class ZoneDoor {
  readonly door = new CutDoor()
  /** What a console needs to know about the sandbox, with this proxy. */
  settings: Record<string, string> = {}
  readonly #list = createServer((_request, response) => response.end(this.#zones))
  #zones = ''

  async open(sandbox: Running, zone: string): Promise<void> {
    await this.door.listen()
    const endpoint = setting(sandbox.lines, 'EXOSCALE_API_ENDPOINT')
    // The contract's answer of this endpoint.
    const { zones } = (await (await fetch(`${endpoint}/zone`)).json()) as Zones
    const behind = zones.find(({ name }) => name === zone)
    if (!behind) throw new Error(`the sandbox has no ${zone}`)
    this.door.target = behind['api-endpoint']
    behind['api-endpoint'] = `http://127.0.0.1:${this.door.port}/v2`
    this.#zones = JSON.stringify({ zones })
    this.#list.listen(0, '127.0.0.1')
    await once(this.#list, 'listening')
    // Listening on an address, not on a pipe.
    const { port } = this.#list.address() as AddressInfo
    this.settings = {
      ...settingsFor(sandbox),
      EXOSCALE_API_ENDPOINT: `http://127.0.0.1:${port}/v2`,
    }
  }

  async close(): Promise<void> {
    await this.door.close()
    this.#list.closeAllConnections()
    this.#list.close()
  }
}
