import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * What the page may load: itself, pictures made in memory, and the loopback relays of the console.
 * Styles are let in line, since the components library writes its theme's variables into a style element.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' ws://127.0.0.1:*",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** The policy is in the built page only: live reload needs scripts in line. */
const contentPolicy: Plugin = {
  name: 'content-policy',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
  ],
}

export default defineConfig({
  root: join(import.meta.dirname, 'renderer'),
  base: './',
  cacheDir: join(import.meta.dirname, '.cache/vite-page'),
  plugins: [react(), contentPolicy],
  build: {
    outDir: join(import.meta.dirname, 'out/renderer'),
    emptyOutDir: true,
    // light-dark() as it is written: it came with Chromium 123.
    target: 'chrome123',
    // The largest part is the components library; it comes from this machine, not from a network.
    chunkSizeWarningLimit: 1_500,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
})
