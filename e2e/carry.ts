import { connect } from 'node:net'

import type { WebSocket } from 'ws'

/** Carries a viewer's websocket to a screen that listens at a socket's path. */
export function carry(viewer: WebSocket, path: string): void {
  const screen = connect(path)
  screen.on('data', (data) => viewer.send(data))
  screen.on('close', () => viewer.close(1000))
  screen.on('error', () => viewer.close(1011))
  viewer.on('message', (data: Buffer) => screen.write(data))
  viewer.on('close', () => screen.destroy())
}
