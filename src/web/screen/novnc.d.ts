/** The part of @novnc/novnc 1.7.0 that the console uses; the published types are of 1.6. */
declare module '@novnc/novnc' {
  export type RfbChannel = {
    binaryType: string
    readonly protocol: string
    readonly readyState: string | number
    onopen: (() => void) | null
    onmessage: ((event: { data: ArrayBuffer }) => void) | null
    onclose: ((event: { code: number; reason: string }) => void) | null
    onerror: ((event: unknown) => void) | null
    send(data: Uint8Array<ArrayBuffer>): void
    close(): void
  }

  export type RfbEvents = {
    connect: CustomEvent<Record<string, never>>
    disconnect: CustomEvent<{ clean: boolean }>
    credentialsrequired: CustomEvent<{ types: string[] }>
    securityfailure: CustomEvent<{ status: number; reason?: string }>
    clipboard: CustomEvent<{ text: string }>
    desktopname: CustomEvent<{ name: string }>
  }

  export default class RFB {
    constructor(target: HTMLElement, channel: RfbChannel, options?: { shared?: boolean })
    viewOnly: boolean
    scaleViewport: boolean
    showDotCursor: boolean
    focusOnClick: boolean
    background: string
    addEventListener<E extends keyof RfbEvents>(
      type: E,
      listener: (event: RfbEvents[E]) => void,
    ): void
    disconnect(): void
    focus(options?: FocusOptions): void
    blur(): void
    clipboardPasteFrom(text: string): void
    sendKey(keysym: number | null, code: string | null, down?: boolean): void
  }
}
