import type { SavedXml, XmlEdit } from '../../../shared/model/xml-edit.ts'

/** How a document is changed. */
export interface XmlSaving {
  /** The stored document. */
  read(): Promise<string>
  save(edit: XmlEdit): Promise<SavedXml>
  /** When it takes effect, where that is not at once. */
  readonly effect: string | null
  /** It may have passwords that are not shown. */
  readonly passwords?: boolean
}
