/** A state that a picture is taken of: where it starts, what a person does to get there, what is made ready beside the page. */
import type { Subject } from '../../renderer/app/registry.ts'
import type { catalogues } from '../../shared/i18n/index.ts'
import type { Shown } from './shown.ts'

type Words = (typeof catalogues)['en']

/** Something on a page: by a selector, or by its role and name in the language that is shown. */
export type Target =
  | { readonly css: (subject: Subject) => string }
  | { readonly role: 'button' | 'menuitem' | 'textbox' | 'dialog' | 'listbox' | 'option' | 'radio'; readonly name: (words: Words) => string }

/** What a person does to get there, one after the other; `work` is what happens beside the page meanwhile, `goTo` another address. */
export type Step =
  | { readonly click: Target }
  | { readonly rightClick: Target }
  | { readonly hover: Target }
  | { readonly fill: Target; readonly text: string }
  /** `within` milliseconds where it takes longer than drawing. */
  | { readonly see: Target; readonly within?: number }
  /** Opens a choice by its label. */
  | { readonly choose: (words: Words) => string }
  | { readonly work: (shown: Shown) => void | Promise<void> }
  | { readonly goTo: (subject: Subject) => string }

export interface State {
  /** Where it starts. */
  readonly address: (subject: Subject) => string
  readonly steps: readonly Step[]
  /** In the app of the user who has nothing yet, and no rights on the system. */
  readonly fresh?: true
  /** The page stays changed when what is open over it is closed. */
  readonly lasting?: true
  /** It shows that something goes on, which others only do until they are drawn. */
  readonly busy?: true
  /** It takes long to make ready or is much like another: pictures of it are taken, and axe looks at it with VIVERO_LOOKS=all only. */
  readonly seldom?: true
  /** Before its page is opened. */
  readonly before?: (shown: Shown) => void | Promise<void>
  /** Puts back what was done beside the page. */
  readonly after?: (shown: Shown) => void | Promise<void>
}

export const css = (selector: string): Target => ({ css: () => selector })
export const button = (name: (words: Words) => string): Target => ({ role: 'button', name })
export const entry = (name: (words: Words) => string): Target => ({ role: 'menuitem', name })
export const field = (name: (words: Words) => string): Target => ({ role: 'textbox', name })
