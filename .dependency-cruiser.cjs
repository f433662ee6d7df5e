/**
 * The walls of the house (docs/architecture.md): imports go one way, and never in a circle.
 * renderer -> shared <- electron; inside electron
 * host -> create -> images, console, readiness, lab -> libvirt -> settings, system.
 */
const floors = [
  ['host'],
  ['create'],
  ['images', 'console', 'readiness', 'lab'],
  ['libvirt'],
  ['settings', 'system'],
]
const upward = floors.flatMap((rooms, floor) =>
  rooms.map((room) => {
    const above = floors.slice(0, floor).flat()
    const beside = rooms.filter((other) => other !== room)
    return {
      name: `electron-${room}-imports-down-only`,
      severity: 'error',
      from: { path: `^electron/${room}/` },
      to: { path: `^electron/(${[...above, ...beside, 'app'].join('|')})/|^electron/(main|preload|serve)\\.ts$` },
    }
  }),
)
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'shared-stands-alone', severity: 'error', from: { path: '^shared/' }, to: { path: '^(electron|renderer|test|scripts)/' } },
    { name: 'shared-without-node', severity: 'error', from: { path: '^shared/' }, to: { dependencyTypes: ['core'] } },
    { name: 'renderer-knows-only-shared', severity: 'error', from: { path: '^renderer/' }, to: { path: '^(electron|test|scripts)/' } },
    { name: 'renderer-without-node', severity: 'error', from: { path: '^renderer/' }, to: { dependencyTypes: ['core'] } },
    { name: 'electron-not-renderer', severity: 'error', from: { path: '^electron/' }, to: { path: '^(renderer|test|scripts)/' } },
    {
      name: 'features-keep-to-themselves',
      comment: "No feature imports another's inside: only its index.ts.",
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/([^/]+)/', pathNot: '^renderer/features/($1/|[^/]+/index\\.ts$)' },
    },
    { name: 'ui-knows-no-store', severity: 'error', from: { path: '^renderer/ui/' }, to: { path: '^renderer/(stores|features|app|api)/' } },
    { name: 'stores-know-no-component', severity: 'error', from: { path: '^renderer/(stores|api)/' }, to: { path: '^renderer/(features|ui|app)/' } },
    ...upward,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|dist|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  },
}
