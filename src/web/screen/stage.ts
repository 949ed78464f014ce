/**
 * Holds the canvas on the page: the live one, or the last image while there is none. It has the
 * screen's size and its zoom.
 */
export type Zoom = 'fit' | 1 | 2
type Size = { width: number; height: number }
type Point = { x: number; y: number }

/** The maximum scale: page pixels for one screen pixel. */
const mostScale = 8
/** How often the density of the display is looked at. */
const densityMs = 500
/** How near to the edge the pointer may come before the screen scrolls. */
const edge = 48

export class Stage {
  readonly #onSize: (size: Size) => void
  #place: HTMLElement | undefined
  #shown: HTMLElement | undefined
  #canvas: HTMLCanvasElement | undefined
  #zoom: 'fit' | number = 'fit'
  #size: Size | undefined
  /** Whether the last image is shown, which noVNC no longer scales. */
  #frozen = false
  readonly #sizes = new MutationObserver(() => this.#measure())
  readonly #room = new ResizeObserver(() => {
    this.#layOut()
    this.#onRoom()
  })
  readonly #onRoom: () => void

  #stopDensity = () => {}
  /** Called with the scale, page pixels for one screen pixel, whenever it may have changed. */
  onScale = (_scale: number) => {}

  /** `onRoom`: the place has another size; `room` has it. */
  constructor(onSize: (size: Size) => void, onRoom: () => void) {
    this.#onSize = onSize
    this.#onRoom = onRoom
  }

  /** The size of the place, with its scroll bars: these come and go with the zoom. */
  get room(): Size | undefined {
    return this.#place?.getBoundingClientRect()
  }

  /** Puts the screen into this place, out of the one where it was; the answer takes it out again. */
  attach(place: HTMLElement): () => void {
    this.#room.disconnect()
    this.#place = place
    this.#room.observe(place)
    this.#watchDensity()
    if (this.#shown) place.append(this.#shown)
    return () => {
      if (this.#place !== place) return
      this.#room.disconnect()
      this.#stopDensity()
      this.#place = undefined
    }
  }

  /**
   * On a display of another density the same zoom is another size. A browser that keeps the window's
   * size doesn't always tell of it, so the density is also looked at.
   */
  #watchDensity(): void {
    this.#stopDensity()
    const density = window.devicePixelRatio
    const query = matchMedia(`(resolution: ${density}dppx)`)
    const look = () => {
      if (window.devicePixelRatio === density) return
      this.#watchDensity()
      this.#layOut()
    }
    query.addEventListener('change', look)
    const timer = setInterval(look, densityMs)
    this.#stopDensity = () => {
      query.removeEventListener('change', look)
      clearInterval(timer)
    }
  }

  /** Replaces what is shown by a new live canvas. */
  show(host: HTMLElement): void {
    this.#shown?.remove()
    this.#shown = host
    this.#frozen = false
    this.#place?.append(host)
    this.#sizes.disconnect()
    const canvas = host.querySelector('canvas')
    if (!canvas) return
    this.#canvas = canvas
    this.#sizes.observe(canvas, { attributes: true, attributeFilter: ['width', 'height'] })
    this.#measure()
  }

  /** Adds the last image again, because noVNC removes its canvas when it ends. */
  freeze(): void {
    this.#sizes.disconnect()
    if (!this.#canvas || !this.#shown) return
    const frame = document.createElement('div')
    frame.className = 'flex size-full'
    frame.append(this.#canvas)
    this.#shown.replaceChildren(frame)
    this.#frozen = true
    this.#canvas.style.margin = 'auto'
    this.#layOut()
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

  /**
   * noVNC scales to its container, so the container's size is the zoom. One pixel of the
   * instance is then one of the display, not of the page; at whole factors it keeps its
   * edges (docs/vnc.md#sharp-screens).
   */
  #layOut(): void {
    const size = this.#size
    const host = this.#shown
    if (!host || !size) return
    const fit = this.#zoom === 'fit'
    const density = window.devicePixelRatio || 1
    const scale = this.#zoom === 'fit' ? 1 : this.#zoom / density
    host.style.width = fit ? '100%' : `${size.width * scale}px`
    host.style.height = fit ? '100%' : `${size.height * scale}px`
    host.style.flex = 'none'
    host.style.margin = 'auto'
    const room = this.#place
    const shown =
      fit && room
        ? Math.min(room.clientWidth / size.width, room.clientHeight / size.height)
        : scale
    if (this.#frozen && this.#canvas) {
      this.#canvas.style.width = `${size.width * shown}px`
      this.#canvas.style.height = `${size.height * shown}px`
    }
    this.onScale(shown)
    const factor = shown * density
    const whole = factor > 0.9 && Math.abs(factor - Math.round(factor)) < 0.01
    host.style.imageRendering = whole ? 'pixelated' : 'auto'
  }

  setZoom(zoom: Zoom): void {
    this.#zoom = zoom
    this.#layOut()
  }

  /** The scale: page pixels for one screen pixel. */
  get scale(): number {
    const width = this.#canvas?.getBoundingClientRect().width ?? 0
    return width > 0 && this.#size ? width / this.#size.width : 1
  }

  /** Zooms around a point of the window; the minimum shows the whole screen. */
  zoomBy(factor: number, at: Point): void {
    const [place, host, canvas, size] = [this.#place, this.#shown, this.#canvas, this.#size]
    if (!place || !host || !canvas || !size) return
    const before = canvas.getBoundingClientRect()
    const whole = Math.min(place.clientWidth / size.width, place.clientHeight / size.height)
    const scale = Math.min(mostScale, (before.width / size.width) * factor)
    this.#zoom = scale <= whole ? 'fit' : scale * (window.devicePixelRatio || 1)
    this.#layOut()
    if (this.#zoom === 'fit') return
    // noVNC scales its canvas a moment later; the host has its size at once.
    const after = host.getBoundingClientRect()
    const x = after.left + ((at.x - before.left) / before.width) * after.width
    const y = after.top + ((at.y - before.top) / before.height) * after.height
    place.scrollBy(x - at.x, y - at.y)
  }

  scrollBy(x: number, y: number): void {
    this.#place?.scrollBy(x, y)
  }

  /** Scrolls a pixel of the screen into view. */
  reveal({ x, y }: Point): void {
    const [place, canvas] = [this.#place, this.#canvas]
    if (!place || !canvas || this.#zoom === 'fit') return
    const room = place.getBoundingClientRect()
    const picture = canvas.getBoundingClientRect()
    const beyond = (at: number, from: number, to: number) =>
      Math.min(0, at - from - edge) + Math.max(0, at - to + edge)
    const { scale } = this
    place.scrollBy(
      beyond(picture.left + x * scale, room.left, room.right),
      beyond(picture.top + y * scale, room.top, room.bottom),
    )
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

  picture(): Promise<Blob | null> {
    return new Promise((resolve) => {
      if (this.#canvas) this.#canvas.toBlob(resolve, 'image/png')
      else resolve(null)
    })
  }

  close(): void {
    this.#sizes.disconnect()
    this.#room.disconnect()
    this.#stopDensity()
    this.#shown?.remove()
  }
}
