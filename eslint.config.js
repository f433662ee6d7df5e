import i18next from 'eslint-plugin-i18next'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const electronModule = { name: 'electron', message: 'Only main.ts, preload.ts and electron/app/ know Electron.' }
const processModules = ['child_process', 'node:child_process', 'execa'].map((name) => ({
  name,
  message: 'Processes are started in electron/system/ alone.',
}))
/** Config files are read by their tools, which want a default export. */
const noDefault = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }

export default tseslint.config(
  { ignores: ['node_modules/', 'out/', 'dist/', '.cache/', 'test-results/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [...tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['{electron,renderer,shared,test}/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', noDefault] },
  },
  {
    files: ['{electron,shared,renderer}/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['renderer/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['electron/**/*.ts'],
    ignores: ['electron/main.ts', 'electron/preload.ts', 'electron/app/**', 'electron/system/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [electronModule, ...processModules] }] },
  },
  {
    files: ['electron/main.ts', 'electron/preload.ts', 'electron/app/**'],
    rules: { 'no-restricted-imports': ['error', { paths: processModules }] },
  },
  {
    files: ['{shared,renderer}/**/*.{ts,tsx}', 'electron/system/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [electronModule] }] },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks, i18next },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // long lists are drawn by TanStack Virtual, which the React compiler (not used here) could not memoize
      'react-hooks/incompatible-library': 'off',
      'i18next/no-literal-string': ['error', { mode: 'jsx-text-only' }],
    },
  },
  { files: ['scripts/**', 'test/**'], rules: { 'no-console': 'off' } },
)
