// A person at a screen: types a letter every two seconds while the bar says Connected, and presses the
// button that the page offers when it doesn't go on by itself.

import { withHands } from './hand.mjs'

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
const ways = /^(Reconnect now|Retry|Try again|Take over|Connect)/

export class Person {
  typed = ''
  /** How many of `typed` are known to have arrived or to be lost. */
  #settled = 0
  #read
  doubled = []
  changed = []
  lost = 0
  pressed = 0

  constructor(page, guest) {
    this.page = page
    this.guest = guest
    this.#read = guest.typed().length
  }

  async #connected() {
    const last = await this.page.evaluate(() => window.weather?.at(-1))
    return last?.connection === 'open' && last.said === 'Connected'
  }

  async #focus() {
    const inScreen = await this.page.evaluate(
      () => document.activeElement?.closest('[role=application]') !== null,
    )
    if (!inScreen)
      await this.page
        .locator('[role=application] canvas')
        .click({ timeout: 1_000, position: { x: 200, y: 200 } })
  }

  /** Types the next letter, or does what the page asks for. */
  async turn(chance) {
    if (!(await this.#connected())) {
      const way = this.page.getByRole('button', { name: ways }).first()
      if (await way.isVisible()) {
        await way.click({ timeout: 1_000 })
        this.pressed += 1
      }
      return
    }
    await this.#focus()
    const letter = letters[this.typed.length % letters.length]
    const isCapital = letter >= 'a' && chance() < 0.2
    await withHands(() =>
      this.page.keyboard.press(isCapital ? `Shift+${letter.toUpperCase()}` : letter),
    )
    this.typed += isCapital ? letter.toUpperCase() : letter
  }

  /** Compares what has arrived in the guest with what is still awaited. */
  look() {
    const all = this.guest.typed().toString('latin1')
    const arrived = all.slice(this.#read)
    this.#read = all.length
    for (const character of arrived) {
      const awaited = this.typed.slice(this.#settled)
      const at = awaited.indexOf(character)
      if (at >= 0) {
        this.lost += at
        this.#settled += at + 1
        continue
      }
      const inOtherCase = awaited.toLowerCase().indexOf(character.toLowerCase())
      if (inOtherCase >= 0) {
        this.changed.push(`${awaited[inOtherCase]} → ${character}`)
        this.#settled += inOtherCase + 1
      } else this.doubled.push(JSON.stringify(character))
    }
  }
}
