/** The editor and the difference, in the colours and the language of the page. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { xml } from '@codemirror/lang-xml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { MergeView } from '@codemirror/merge'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { TFunction } from 'i18next'

const colours = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket], color: 'light-dark(#1a5fb4, #8ab8f5)' },
  { tag: tags.attributeName, color: 'light-dark(#7a3e9d, #d5aef5)' },
  { tag: [tags.attributeValue, tags.string], color: 'light-dark(#1f6339, #86d6a4)' },
  { tag: [tags.comment, tags.processingInstruction, tags.documentMeta], color: 'light-dark(#5d5d66, #b9b9c2)' },
  { tag: tags.invalid, color: 'var(--mantine-color-error)' },
])

const looks = (dark: boolean): Extension =>
  EditorView.theme(
    {
      '&': { color: 'var(--mantine-color-text)', backgroundColor: 'var(--vivero-card)', fontSize: '0.8125rem' },
      '.cm-scroller, .cm-content': { fontFamily: 'var(--mantine-font-family-monospace)' },
      '.cm-gutters': { color: 'var(--vivero-dim)', backgroundColor: 'var(--vivero-header)', borderColor: 'var(--vivero-border)' },
      '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--vivero-hover)' },
      '.cm-content': { caretColor: 'var(--mantine-color-text)' },
      '.cm-panels': { color: 'var(--mantine-color-text)', backgroundColor: 'var(--vivero-header)' },
      '.cm-panels-top': { borderBottom: '1px solid var(--vivero-border)' },
      '.cm-panel.cm-search': { padding: '8px 28px 8px 8px', fontSize: '0.8125rem' },
      '.cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label': { margin: '2px 6px 2px 0', fontSize: 'inherit' },
      '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', gap: '4px', verticalAlign: 'middle' },
      '.cm-panel.cm-search label input': { margin: '0' },
      '.cm-panel.cm-search [name=close]': { top: '6px', right: '6px', padding: '0 6px', margin: '0', fontSize: '1.125rem', color: 'var(--mantine-color-text)' },
      '.cm-textfield': { padding: '3px 8px', color: 'var(--mantine-color-text)', backgroundColor: 'var(--vivero-card)', border: '1px solid var(--vivero-border)', borderRadius: 'var(--mantine-radius-sm)' },
      '.cm-button': { padding: '3px 8px', color: 'var(--mantine-color-text)', backgroundColor: 'var(--vivero-card)', backgroundImage: 'none', border: '1px solid var(--vivero-border)', borderRadius: 'var(--mantine-radius-sm)' },
      '.cm-button:hover': { backgroundColor: 'var(--vivero-hover)' },
      '.cm-textfield:focus-visible, .cm-panel button:focus-visible, .cm-panel label input:focus-visible': { outline: '2px solid var(--mantine-primary-color-filled)', outlineOffset: '1px' },
      '.cm-collapsedLines': { color: 'var(--vivero-dim)', background: 'var(--vivero-header)' },
      '&.cm-merge-a .cm-changedLine, &.cm-merge-a .cm-changedLineGutter': { backgroundColor: 'light-dark(#fdf0ee, #3d2627)' },
      '&.cm-merge-b .cm-changedLine, &.cm-merge-b .cm-changedLineGutter': { backgroundColor: 'light-dark(#ebf6ee, #1f3527)' },
      '&.cm-merge-a .cm-changedText': { background: 'light-dark(#fbdad6, #5f3032)' },
      '&.cm-merge-b .cm-changedText': { background: 'light-dark(#cdeed7, #24482f)' },
    },
    { dark },
  )

/** CodeMirror's own words that are seen here. */
const phrases = (t: TFunction): Extension =>
  EditorState.phrases.of({
    Find: t('xml:phrase.find'),
    Replace: t('xml:phrase.replaceBy'),
    next: t('xml:phrase.next'),
    previous: t('xml:phrase.previous'),
    all: t('xml:phrase.all'),
    'match case': t('xml:phrase.matchCase'),
    regexp: t('xml:phrase.regexp'),
    'by word': t('xml:phrase.byWord'),
    replace: t('xml:phrase.replace'),
    'replace all': t('xml:phrase.replaceAll'),
    close: t('close'),
    'current match': t('xml:phrase.currentMatch'),
    'on line': t('xml:phrase.onLine'),
    'replaced match on line $': t('xml:phrase.replacedOnLine'),
    'replaced $ matches': t('xml:phrase.replacedMatches'),
    'Go to line': t('xml:phrase.goToLine'),
    go: t('xml:phrase.go'),
    '$ unchanged lines': t('xml:phrase.unchangedLines'),
  })

const shared = (t: TFunction, dark: boolean): Extension => [lineNumbers(), xml(), syntaxHighlighting(colours), looks(dark), phrases(t), search({ top: true })]

export interface EditorWish {
  readonly t: TFunction
  readonly dark: boolean
  readonly text: string
  /** Its name for screen readers. */
  readonly label: string
  /** The line where the cursor is to be, from 1. */
  readonly line: number | null
  onChange(text: string): void
}

/** An editor in `parent`, with the focus. Tab indents; after Escape it leaves. */
export function openEditor(parent: HTMLElement, { t, dark, text, label, line, onChange }: EditorWish): EditorView {
  const extensions = [
    shared(t, dark),
    history(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
    // it takes the focus as it is; said so, checks of what scrolls see it too
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    EditorView.updateListener.of((update) => update.docChanged && onChange(update.state.doc.toString())),
  ]
  const view = new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) })
  const at = line === null ? 0 : view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines)).from
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
  view.focus()
  return view
}

export interface Side {
  readonly text: string
  readonly label: string
}

/** Two texts side by side, with what differs; what does not is folded away. */
export function openDifference(parent: HTMLElement, t: TFunction, dark: boolean, before: Side, after: Side): MergeView {
  const side = ({ text, label }: Side) => ({
    doc: text,
    extensions: [
      shared(t, dark),
      keymap.of(searchKeymap),
      EditorView.lineWrapping,
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
    ],
  })
  return new MergeView({ parent, a: side(before), b: side(after), collapseUnchanged: { margin: 3, minSize: 6 } })
}
