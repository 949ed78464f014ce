/** What the present attempt of a connection knows, for tools that read it when they need it. */
import type RFB from '@novnc/novnc'

import { abilitiesOf, lightsOf, type Abilities, type Lights } from './abilities.ts'
import type { Attempt } from './attempt.ts'
import type { Traffic } from './channel.ts'
import type { Phase } from './connection-state.ts'

export class Readings {
  protected current: Attempt | undefined

  /** What the connected server can do; undefined while there is none. */
  get abilities(): Abilities | undefined {
    const rfb = this.current?.rfb
    return rfb && abilitiesOf(rfb)
  }

  /** Whether the present attempt has reached the screen past Vedette's server. */
  get isDirect(): boolean {
    return this.current?.isDirect ?? false
  }

  /** The lights of the instance's keyboard as last reported; read again after `taps.handled`. */
  get lights(): Lights | undefined {
    const rfb = this.current?.rfb
    return rfb && lightsOf(rfb)
  }

  /** What went over the wire in this attempt. */
  get traffic(): Traffic | undefined {
    return this.current?.traffic
  }

  /** How long answers took in this attempt, in ms, the newest last. */
  get latencies(): readonly number[] {
    return this.current?.latencies ?? []
  }

  /** How far the attempt has come; undefined between two. */
  get phase(): Phase | undefined {
    return this.current?.phase
  }

  /** Bytes that came in this attempt, also those of a message that is not whole yet. */
  get receivedBytes(): number {
    return this.current?.receivedBytes ?? 0
  }

  get serverName(): string {
    return this.current?.serverName ?? ''
  }

  /** noVNC itself, for the recorder, which has to know the state of its decoders. */
  get viewer(): RFB | undefined {
    return this.current?.rfb
  }
}
