import i18next from 'eslint-plugin-i18next'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Modules that only one place in the house may import; .dependency-cruiser.cjs holds the walls between folders. */
const electronOnly = { name: 'electron', message: 'Only electron/main.ts, electron/preload.ts and electron/app/ import electron.' }
const processOnly = ['execa', 'node:child_process', 'child_process'].map((name) => ({
  name,
  message: 'Child processes are started in electron/system/ alone.',
}))

/** What Node 12 cannot read: a command that says "this Node is too old" must be read by it first. */
const unreadable = ['ChainExpression', 'LogicalExpression[operator="??"]', 'AssignmentExpression[operator=/^([|]{2}|&&|[?]{2})=$/]', 'AwaitExpression'].map((selector) => ({
  selector,
  message: 'An old Node has to read this file, to say that it is too old.',
}))

export default tseslint.config(
  { ignores: ['node_modules', 'out', 'dist', '.cache', 'test-results'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}', 'shared/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 500 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-imports': ['error', { paths: [electronOnly, ...processOnly] }],
    },
  },
  { files: ['electron/main.ts', 'electron/preload.ts', 'electron/app/**/*.ts'], rules: { 'no-restricted-imports': ['error', { paths: processOnly }] } },
  { files: ['electron/system/**/*.ts'], rules: { 'no-restricted-imports': ['error', { paths: [electronOnly] }] } },
  {
    files: ['renderer/**/*.tsx'],
    plugins: { i18next, 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // Says only what React's compiler would skip, and the page is built without it.
      'react-hooks/incompatible-library': 'off',
      'i18next/no-literal-string': ['error', { mode: 'jsx-only', 'jsx-attributes': { include: ['label', 'title', 'aria-label', 'placeholder', 'description', 'alt'] } }],
      'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['scripts/{start,test,lab}.mjs', 'scripts/setup/{node-version,words}.mjs'], rules: { 'no-restricted-syntax': ['error', ...unreadable] } },
  {
    files: ['test/e2e/**/*.ts'],
    ignores: ['test/e2e/support/expect.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [{ name: '@playwright/test', importNames: ['expect'], message: 'support/expect.ts has the one that knows both languages.' }] }],
    },
  },
  { files: ['*.config.{js,ts}', 'test/**/*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
)
