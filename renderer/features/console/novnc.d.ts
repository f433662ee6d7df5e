/** What the app uses of noVNC 1.7, whose own types lag behind. https://github.com/novnc/noVNC/blob/master/docs/API.md */
declare module '@novnc/novnc' {
  export interface RfbEvents {
    connect: CustomEvent<Record<string, never>>
    disconnect: CustomEvent<{ readonly clean: boolean }>
    credentialsrequired: CustomEvent<{ readonly types: readonly string[] }>
    securityfailure: CustomEvent<{ readonly status: number; readonly reason?: string }>
  }
  class RFB extends EventTarget {
    constructor(
      target: HTMLElement,
      url: string,
      options?: { readonly shared?: boolean; readonly credentials?: { readonly password: string } },
    )
    viewOnly: boolean
    focusOnClick: boolean
    scaleViewport: boolean
    clipViewport: boolean
    showDotCursor: boolean
    background: string
    addEventListener<E extends keyof RfbEvents>(type: E, listener: (event: RfbEvents[E]) => void): void
    disconnect(): void
    sendKey(keysym: number, code: string | null, down?: boolean): void
    focus(options?: FocusOptions): void
    blur(): void
  }
  export { RFB as default }
}
