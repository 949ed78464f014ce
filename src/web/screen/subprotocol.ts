/**
 * Whether a console proxy is offered the subprotocol `binary`. Some proxies refuse a websocket without
 * it, and browsers close one whose proxy doesn't accept what was offered
 * (docs/vnc.md#the-subprotocol). So after a socket that didn't open, the next attempt does the other.
 */
const offered = new Map<string, boolean>()

/** What to offer at this address. */
export function subprotocolsFor(url: string): string[] {
  return offered.get(new URL(url).host) ? ['binary'] : []
}

/** A socket to this address, opened with these, has not opened. */
export function didNotOpen(url: string, subprotocols: readonly string[]): void {
  offered.set(new URL(url).host, subprotocols.length === 0)
}
