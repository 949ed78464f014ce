/** Calls listeners each time that something happens. */
export class Signal<Values extends unknown[]> {
  readonly #listeners = new Set<(...values: Values) => void>()

  /** Returns a function that stops listening; it may be called twice. */
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
