/**
 * Makes the SSH key of one form and holds its private half until the instance is ordered: it is in
 * this page's memory and in the file that the person saves, and nowhere else.
 */
import { saveFile } from '../../../../ui/save-file.ts'
import { generateOpenSshKey, newKeyName } from '../open-ssh-key.ts'

type MadeKey = { name: string; file: string; publicKey: string; privateKey: string }

export type KeyState = {
  step: 'none' | 'making' | 'made' | 'failed'
  /** What the zone will call it, and the file; set once it is made. */
  name: string
  file: string
  downloaded: boolean
  /** The person said so, after the download. */
  saved: boolean
}

const none: KeyState = { step: 'none', name: '', file: '', downloaded: false, saved: false }

export class KeyMaker {
  #state = none
  #made: MadeKey | undefined
  readonly #listeners = new Set<() => void>()

  get state(): KeyState {
    return this.#state
  }

  /** What may leave the page. */
  get open(): Pick<MadeKey, 'name' | 'file' | 'publicKey'> | undefined {
    return this.#made
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #set(changes: Partial<KeyState>): void {
    this.#state = { ...this.#state, ...changes }
    for (const listener of this.#listeners) listener()
  }

  /** Makes the key, unless there is one. */
  async make(): Promise<void> {
    if (this.#state.step === 'making' || this.#state.step === 'made') return
    this.#set({ step: 'making' })
    try {
      const name = newKeyName()
      const { publicKey, privateKey } = await generateOpenSshKey(name)
      const file = `${name}.key`
      this.#made = { name, file, publicKey, privateKey }
      this.#set({ step: 'made', name, file })
    } catch {
      this.#set({ step: 'failed' })
    }
  }

  /** Offers the private key as a file; whether it was kept, only the person knows. */
  download(): void {
    if (!this.#made) return
    const { file, privateKey } = this.#made
    saveFile(file, new Blob([privateKey]))
    this.#set({ downloaded: true })
  }

  confirm(saved: boolean): void {
    this.#set({ saved: saved && this.#state.downloaded })
  }

  /** The zone has the public half: the private one is only in its file from now on. */
  forget(): void {
    this.#made = undefined
    this.#state = none
    this.#set({})
  }
}
