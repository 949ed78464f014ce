/**
 * Where pictures are on the page: the living one, or the last one while there is none. Knows
 * the screen's size and how large it is shown.
 */
export type Zoom = 'fit' | 1 | 2
export type Size = { width: number; height: number }

export class Stage {
  readonly #onSize: (size: Size) => void
  #place: HTMLElement | undefined
  #shown: HTMLElement | undefined
  #canvas: HTMLCanvasElement | undefined
  #zoom: Zoom = 'fit'
  #size: Size | undefined
  readonly #sizes = new MutationObserver(() => this.#measure())

  constructor(onSize: (size: Size) => void) {
    this.#onSize = onSize
  }

  attach(place: HTMLElement): () => void {
    this.#place = place
    if (this.#shown) place.append(this.#shown)
    return () => {
      this.#place = undefined
    }
  }

  /** Puts a new living picture in the place of what is shown. */
  show(host: HTMLElement): void {
    this.#shown?.remove()
    this.#shown = host
    this.#place?.append(host)
    this.#sizes.disconnect()
    const canvas = host.querySelector('canvas')
    if (!canvas) return
    this.#canvas = canvas
    this.#sizes.observe(canvas, { attributes: true, attributeFilter: ['width', 'height'] })
    this.#measure()
  }

  /** noVNC takes its canvas off the page when it ends; its last picture goes back on. */
  freeze(): void {
    this.#sizes.disconnect()
    if (!this.#canvas || !this.#shown) return
    const frame = document.createElement('div')
    frame.className = 'flex size-full overflow-auto'
    frame.append(this.#canvas)
    this.#shown.replaceChildren(frame)
  }

  #measure(): void {
    const canvas = this.#canvas
    if (!canvas || canvas.width === 0) return
    const { width, height } = canvas
    if (this.#size?.width !== width || this.#size.height !== height) {
      this.#size = { width, height }
      this.#onSize(this.#size)
    }
    this.#layOut()
  }

  /** noVNC scales to its host, so the host's size is the zoom. */
  #layOut(): void {
    const size = this.#size
    const host = this.#shown
    if (!host || !size) return
    const fit = this.#zoom === 'fit'
    const factor = this.#zoom === 'fit' ? 1 : this.#zoom
    host.style.width = fit ? '100%' : `${size.width * factor}px`
    host.style.height = fit ? '100%' : `${size.height * factor}px`
    host.style.flex = 'none'
    host.style.margin = 'auto'
    host.style.imageRendering = fit ? 'auto' : 'pixelated'
  }

  setZoom(zoom: Zoom): void {
    this.#zoom = zoom
    this.#layOut()
  }

  /** What the pixels are on; also the last ones of a lost link. */
  get canvas(): HTMLCanvasElement | undefined {
    return this.#canvas
  }

  frame(): ImageData | undefined {
    const canvas = this.#canvas
    if (!canvas || canvas.width === 0 || canvas.height === 0) return undefined
    return canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height)
  }

  close(): void {
    this.#sizes.disconnect()
    this.#shown?.remove()
  }
}
