/**
 * Masks addresses in everything the page shows: texts, labels, tooltips, and what is copied. Addresses stand in many places,
 * and one that was forgotten would be seen by an audience, so this works on the page and not on each place.
 */
import { maskAddresses } from './mask.ts'

const attributes = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt']
/** Changes with what the page writes into many fields; it isn't shown as such. */
const valueOf = 'value'
const hidden = 'data-unmasked'
/** Read by the code editor, whose texts are out of reach: how it shows its characters. */
const editorLook = '--masked-text'

type Original = { shown: string; text: string }

class Masks {
  readonly #texts = new Map<Text, Original>()
  readonly #attributes = new Map<Element, Map<string, Original>>()
  readonly #inputs = new Set<HTMLElement>()

  text(node: Text): void {
    const text = node.data
    const shown = maskAddresses(text)
    if (shown === text) return
    this.#texts.set(node, { shown, text })
    node.data = shown
  }

  attribute(element: Element, name: string): void {
    const text = element.getAttribute(name)
    const shown = text === null ? null : maskAddresses(text)
    if (text === null || shown === null || shown === text) return
    const own = this.#attributes.get(element) ?? new Map<string, Original>()
    own.set(name, { shown, text })
    this.#attributes.set(element, own)
    element.setAttribute(name, shown)
  }

  /** What is in a field can't be replaced, so it is shown as dots. */
  input(field: HTMLInputElement | HTMLTextAreaElement): void {
    const isMasked = maskAddresses(field.value) !== field.value
    field.style.setProperty('-webkit-text-security', isMasked ? 'disc' : '')
    if (isMasked) this.#inputs.add(field)
  }

  /** A field that gets another value from the page tells nothing of it, so all are checked. */
  inputs(): void {
    for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
      'input, textarea',
    ))
      this.input(field)
  }

  under(root: Node): void {
    if (root instanceof Text) return this.text(root)
    if (!(root instanceof Element)) return
    for (const element of [root, ...root.querySelectorAll('*')]) {
      for (const name of attributes) this.attribute(element, name)
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
        this.input(element)
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    while (walker.nextNode())
      // The filter lets only texts through.
      this.text(walker.currentNode as Text)
  }

  /** Forgets what is no longer on the page. */
  sweep(): void {
    for (const node of this.#texts.keys()) if (!node.isConnected) this.#texts.delete(node)
    for (const element of this.#attributes.keys())
      if (!element.isConnected) this.#attributes.delete(element)
    for (const field of this.#inputs) if (!field.isConnected) this.#inputs.delete(field)
  }

  /** Shows again what was masked, unless the page has changed it since. */
  restore(): void {
    for (const [node, { shown, text }] of this.#texts)
      if (node.data === shown) node.data = text
    for (const [element, own] of this.#attributes)
      for (const [name, { shown, text }] of own)
        if (element.getAttribute(name) === shown) element.setAttribute(name, text)
    for (const field of this.#inputs) field.style.removeProperty('-webkit-text-security')
  }
}

/** Copies masked texts only; returns what undoes it. */
function maskCopies(onMasked: () => void): () => void {
  const { clipboard } = navigator
  // Pages that didn't come over HTTPS have none.
  if (!(clipboard as Clipboard | undefined)) return () => undefined
  const write = clipboard.writeText.bind(clipboard)
  clipboard.writeText = async (text) => {
    const masked = maskAddresses(text)
    await write(masked)
    if (masked !== text) onMasked()
  }
  // The browser's own is on the prototype.
  return () => void Reflect.deleteProperty(clipboard, 'writeText')
}

/** Masks the page until the returned function is called; `onMasked` is called when a copied text was masked. */
export function maskPage(onMasked: () => void): () => void {
  const masks = new Masks()
  const root = document.documentElement
  masks.under(root)
  root.style.setProperty(editorLook, 'disc')
  root.removeAttribute(hidden)
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes, attributeName } of changes) {
      if (type === 'characterData' && target instanceof Text) masks.text(target)
      else if (
        type === 'attributes' &&
        target instanceof Element &&
        attributeName &&
        attributeName !== valueOf
      )
        masks.attribute(target, attributeName)
      for (const node of addedNodes) masks.under(node)
    }
    masks.inputs()
  })
  observer.observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: [...attributes, valueOf],
  })
  const sweeping = setInterval(() => masks.sweep(), 10_000)
  const onInput = ({ target }: Event) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
      masks.input(target)
  }
  document.addEventListener('input', onInput, true)
  const copies = maskCopies(onMasked)
  return () => {
    observer.disconnect()
    clearInterval(sweeping)
    document.removeEventListener('input', onInput, true)
    copies()
    root.style.removeProperty(editorLook)
    masks.restore()
  }
}
