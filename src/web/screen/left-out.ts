/**
 * Replaces the parts of noVNC that Vedette can't reach (`vite.config.ts` does this): ciphers for
 * passwords, because an attempt ends before it would need one, and the H.264 decoder, whose encoding
 * is never offered (`load-novnc.ts`). That is an eighth of noVNC.
 */
// oxlint-disable-next-line import/no-default-export -- so does what it stands in for
export default class LeftOut extends EventTarget {
  hasStarted = false
  #leave = (_error: Error) => {}

  checkInternalEvents(): void {}

  /** In the place of an RSA-AES handshake: it comes to the question for a name and no further. */
  negotiateRA2neAuthAsync(): Promise<never> {
    this.hasStarted = true
    const types = { types: ['username', 'password'] }
    queueMicrotask(() =>
      this.dispatchEvent(new CustomEvent('credentialsrequired', { detail: types })),
    )
    return new Promise((_resolve, reject) => {
      this.#leave = reject
    })
  }

  disconnect(): void {
    // noVNC logs no error for this message.
    this.#leave(new Error('disconnect normally'))
  }
}
