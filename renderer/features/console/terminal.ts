/** The terminal that shows a serial port. */
import { FitAddon } from '@xterm/addon-fit'
import { Terminal, type ITheme } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'

export interface OpenTerminal {
  readonly terminal: Terminal
  /** As many columns and rows as there is room for. */
  fit(): void
  dispose(): void
}

/** Dark in both themes, as the display is; what programs print is meant for it. */
const theme: ITheme = {
  background: '#101010',
  foreground: '#d8d8d8',
  cursor: '#d8d8d8',
  cursorAccent: '#101010',
  selectionBackground: '#4a5a70',
  black: '#1c1c1c',
  brightBlack: '#8a8a8a',
}

/** Opens a terminal that fills its place and follows its size. */
export function openTerminal(place: HTMLElement): OpenTerminal {
  const terminal = new Terminal({
    screenReaderMode: true,
    cursorBlink: true,
    scrollback: 5_000,
    fontFamily: 'ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace',
    fontSize: 14,
    lineHeight: 1.15,
    minimumContrastRatio: 4.5,
    theme,
  })
  const fitting = new FitAddon()
  terminal.loadAddon(fitting)
  terminal.open(place)
  // A hidden place has no size to fit into.
  const fit = (): void => {
    if (place.clientWidth > 0 && place.clientHeight > 0) fitting.fit()
  }
  const sizes = new ResizeObserver(fit)
  sizes.observe(place)
  fit()
  const dispose = (): void => {
    sizes.disconnect()
    terminal.dispose()
  }
  return { terminal, fit, dispose }
}
