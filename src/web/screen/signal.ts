/** Something that happens again and again, and those who want to hear of it. */
export class Signal<Values extends unknown[]> {
  readonly #listeners = new Set<(...values: Values) => void>()

  /** Answers how to stop listening, which may be called twice. */
  on(listener: (...values: Values) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** One listener's failure is reported and stops neither the others nor the sender. */
  emit(...values: Values): void {
    for (const listener of this.#listeners) {
      try {
        listener(...values)
      } catch (error) {
        reportError(error)
      }
    }
  }

  clear(): void {
    this.#listeners.clear()
  }
}
