// What runs in every page that is measured, ours or noVNC's own, before its scripts do. It listens to
// the one thing both do to show something: draw on the visible canvas.

/** Given to `addInitScript`, so it stands alone. */
export function watchPage() {
  const bench = {
    clickedAt: 0,
    pictureAfter: 0,
    draws: 0,
    keys: [],
    longTasks: [],
    commits: 0,
  }
  window.bench = bench
  const now = () => performance.timeOrigin + performance.now()
  addEventListener('click', () => (sessionStorage.clickedAt = String(now())), true)

  const draw = CanvasRenderingContext2D.prototype.drawImage
  const isScreen = (canvas) => canvas.isConnected && canvas.width >= 200
  const pixelsOf = (canvas) =>
    new Uint32Array(
      canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer,
    )
  const isPicture = (canvas) => pixelsOf(canvas).some((pixel) => (pixel & 0xc0c0c0) !== 0)

  // A page may put a canvas that is painted already into the document, so each frame is looked at.
  const look = () => {
    const canvas = [...document.querySelectorAll('canvas')].find(isScreen)
    if (canvas && isPicture(canvas)) {
      bench.pictureAfter = now() - Number(sessionStorage.clickedAt)
      // Asking the page for it would take the time that is measured.
      console.debug('bench: picture')
    } else requestAnimationFrame(look)
  }
  bench.lookForPicture = () => {
    bench.pictureAfter = 0
    requestAnimationFrame(look)
  }
  bench.lookForPicture()

  let pressed
  let answered = () => {}
  /** Until the last key has shown, or never will. */
  bench.keyShown = () =>
    new Promise((resolve) => {
      if (!pressed) return resolve()
      answered = resolve
      setTimeout(resolve, 300)
    })
  CanvasRenderingContext2D.prototype.drawImage = function (...args) {
    Reflect.apply(draw, this, args)
    if (!isScreen(this.canvas)) return
    bench.draws += 1
    if (!pressed) return
    const pixels = pixelsOf(this.canvas)
    let changed = 0
    for (let at = 0; at < pixels.length && changed <= 8; at += 1)
      if (pixels[at] !== pressed.before[at]) changed += 1
    if (changed <= 8) return
    bench.keys.push(performance.now() - pressed.at)
    pressed = undefined
    answered()
  }
  addEventListener(
    'keydown',
    ({ key }) => {
      const canvas = [...document.querySelectorAll('canvas')].find(isScreen)
      if (!canvas || key !== '8') return
      const before = pixelsOf(canvas)
      pressed = { before, at: performance.now() }
    },
    true,
  )

  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.longTasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
  // React tells its developer tools of every commit, also when there are none.
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberRoot: () => (bench.commits += 1),
    onCommitFiberUnmount: () => {},
    onPostCommitFiberRoot: () => {},
  }
}
