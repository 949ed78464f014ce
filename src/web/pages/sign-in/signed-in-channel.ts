/** Tells the other windows of this browser that someone has signed in, so that they go on without a press. */
const name = 'vedette-signed-in'

export function tellSignedIn(): void {
  const channel = new BroadcastChannel(name)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has only its own origin
  channel.postMessage('')
  channel.close()
}

/** Calls `hear` when someone has signed in in another window; returns how to stop that. */
export function onSignedIn(hear: () => void): () => void {
  const channel = new BroadcastChannel(name)
  channel.addEventListener('message', hear)
  return () => channel.close()
}
