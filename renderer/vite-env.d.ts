/// <reference types="vite/client" />
import type { ElectronBridge } from './api/electron-transport.ts'

declare global {
  interface Window {
    /** Given by the preload in Electron; absent in a browser. */
    readonly api?: ElectronBridge
  }
}
