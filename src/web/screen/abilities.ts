/**
 * Reads what the server of a connection supports. noVNC negotiates it but doesn't expose it, so this
 * reads private fields of version 1.7.0, which is pinned exactly. Reading it from the messages would
 * need every rectangle to be decoded twice, only to find the headers. A missing field counts as not
 * supported, so after a change of noVNC a feature may be missing, but nothing breaks.
 */
import type RFB from '@novnc/novnc'

export type Abilities = {
  /** Keys by their place on the keyboard, as QEMU takes them. */
  extendedKeys: boolean
  /** Reports its CapsLock and NumLock lights. */
  lights: boolean
  /**
   * UTF-8 text both ways. QEMU announces it without having it
   * (docs/vnc.md#the-clipboard-of-qemu, findings/qemu-clipboard-goes-to-viewers.sh).
   */
  extendedClipboard: boolean
  /** Changes its size on request. */
  resize: boolean
  fence: boolean
  continuousUpdates: boolean
  /** RFB's version, such as 3.8. */
  version: number
  /** Number of the security type in use; 1 is none. */
  security: number
}

export type Lights = { capsLock: boolean; numLock: boolean }

type Inside = {
  _qemuExtKeyEventSupported?: boolean
  _supportsSetDesktopSize?: boolean
  _screenID?: number
  _screenFlags?: number
  _supportsFence?: boolean
  _supportsContinuousUpdates?: boolean
  _clipboardServerCapabilitiesFormats?: Record<number, boolean>
  _rfbVersion?: number
  _rfbAuthScheme?: number
  _remoteCapsLock?: boolean | null
  _remoteNumLock?: boolean | null
}

// Private names, which have no types; the reason for using them is above.
const insideOf = (rfb: RFB): Inside => rfb as unknown as Inside

/** The text format of the extended clipboard. */
const textFormat = 1

/** The lights as last reported; undefined while none was, or noVNC itself toggles one. */
export function lightsOf(rfb: RFB): Lights | undefined {
  const { _remoteCapsLock: capsLock, _remoteNumLock: numLock } = insideOf(rfb)
  return typeof capsLock === 'boolean' && typeof numLock === 'boolean'
    ? { capsLock, numLock }
    : undefined
}

/** Grows while a connection is young: each is known once the server has used it. */
export function abilitiesOf(rfb: RFB): Abilities {
  const inside = insideOf(rfb)
  return {
    extendedKeys: inside._qemuExtKeyEventSupported ?? false,
    lights: lightsOf(rfb) !== undefined,
    extendedClipboard: inside._clipboardServerCapabilitiesFormats?.[textFormat] ?? false,
    resize: inside._supportsSetDesktopSize ?? false,
    fence: inside._supportsFence ?? false,
    continuousUpdates: inside._supportsContinuousUpdates ?? false,
    version: inside._rfbVersion ?? 0,
    security: inside._rfbAuthScheme ?? 0,
  }
}

/**
 * Whether a viewer that leaves releases the keys of all (docs/vnc.md#what-viewers-share): QEMU, which
 * takes keys by their place and has no fences. TigerVNC has both.
 */
export function sharesKeyboard({ extendedKeys, fence }: Abilities): boolean {
  return extendedKeys && !fence
}

/** How to name the screen in a request for another size; undefined while none can be made. */
export function screenOf(rfb: RFB): { id: number; flags: number } | undefined {
  const {
    _supportsSetDesktopSize,
    _screenID: id = 0,
    _screenFlags: flags = 0,
  } = insideOf(rfb)
  return _supportsSetDesktopSize ? { id, flags } : undefined
}
