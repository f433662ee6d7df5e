/** How the lists of machines are shown, kept while the app is open: coming back from a machine finds the list as it was left. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Sorting, StateFilter } from './list.ts'

export interface ListView {
  readonly state: StateFilter
  readonly sorting: Sorting
}

const first: ListView = { state: 'all', sorting: { key: 'title', descending: false } }

const views = createStore<Readonly<Record<string, ListView>>>()(() => ({}))

/** The view of a list (a connection's id, or "all") and how to change it. */
export function useListView(list: string): readonly [ListView, (patch: Partial<ListView>) => void] {
  const view = useStore(views, (state) => state[list] ?? first)
  return [view, (patch) => views.setState((state) => ({ [list]: { ...(state[list] ?? first), ...patch } }))]
}
