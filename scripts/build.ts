/**
 * Builds the app into out/: the host for a browser (serve), Electron's main process and preload, and the page.
 * `npm run build`, or `npm run build -- --only serve,renderer --out FOLDER`. A part whose entry is not there is left out and named.
 */
import { existsSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, resolve } from 'node:path'
import { parseArgs, stripVTControlCharacters } from 'node:util'
import { build, type InlineConfig } from 'vite'

const root = join(import.meta.dirname, '..')
const partNames = ['serve', 'main', 'preload', 'renderer'] as const
type Part = (typeof partNames)[number]

interface Bundle {
  readonly entry: string
  readonly file: string
  readonly format: 'es' | 'cjs'
  /** Given by whoever runs the bundle; all else is packed in. */
  readonly external: readonly string[]
}

const builtins = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)]

const bundles: Readonly<Record<Exclude<Part, 'renderer'>, Bundle>> = {
  serve: { entry: 'electron/serve.ts', file: 'serve.mjs', format: 'es', external: [] },
  main: { entry: 'electron/main.ts', file: 'main.cjs', format: 'cjs', external: ['electron'] },
  preload: { entry: 'electron/preload.ts', file: 'preload.cjs', format: 'cjs', external: ['electron'] },
}

/** One file for Node with every npm package inside, so that it runs from a folder copied elsewhere. */
function nodeBundle(bundle: Bundle, outDir: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: [...bundle.external], target: 'node' },
    define: { 'process.env.WS_NO_BUFFER_UTIL': '"1"', 'process.env.WS_NO_UTF_8_VALIDATE': '"1"' },
    build: {
      ssr: join(root, bundle.entry),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      copyPublicDir: false,
      rolldownOptions: {
        external: [...bundle.external, ...builtins],
        output: { format: bundle.format, entryFileNames: bundle.file, codeSplitting: false },
      },
    },
  }
}

const page = (outDir: string): InlineConfig => ({
  configFile: join(root, 'vite.config.ts'),
  logLevel: 'warn',
  build: { outDir, emptyOutDir: true },
})

/** Builds one part; false where its entry does not exist. */
async function buildPart(part: Part, out: string): Promise<boolean> {
  const needs = part === 'renderer' ? 'vite.config.ts' : bundles[part].entry
  if (!existsSync(join(root, needs))) return false
  const outDir = join(out, part)
  await build(part === 'renderer' ? page(outDir) : nodeBundle(bundles[part], outDir))
  return true
}

function chosen(only: string): readonly Part[] {
  const names = only.split(',')
  const unknown = names.filter((name) => !partNames.some((part) => part === name))
  if (unknown.length > 0) throw new Error(`--only takes ${partNames.join(', ')}; not: ${unknown.join(', ')}`)
  return partNames.filter((part) => names.includes(part))
}

const { values } = parseArgs({ options: { only: { type: 'string' }, out: { type: 'string', default: join(root, 'out') } } })
try {
  for (const part of values.only === undefined ? partNames : chosen(values.only)) {
    const start = performance.now()
    const built = await buildPart(part, resolve(values.out))
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    process.stdout.write(built ? `${part} built in ${seconds} s\n` : `${part} left out: no entry yet\n`)
  }
} catch (error) {
  // The bundler's message names file and line; its stack would only push that out of sight, and its colours.
  process.stderr.write(`${stripVTControlCharacters(error instanceof Error ? error.message : String(error))}\n`)
  process.exitCode = 1
}
