/** Says how a console shows its screen; each console begins with `firstView`. */
import type { Zoom } from '../screen/stage.ts'

export type View = {
  zoom: Zoom
  viewOnly: boolean
  remoteSize: boolean
  /** Keys and gestures for fingers, below the screen. */
  touch: boolean
}

export const firstView = (): View => ({
  zoom: 'fit',
  viewOnly: false,
  remoteSize: false,
  touch: window.matchMedia('(pointer: coarse)').matches,
})
