/** An object's document, edited as text. */
export interface XmlEdit {
  /** The stored document when editing began. */
  readonly before: string
  readonly xml: string
  /** Of a machine: passwords of displays that stand not in the text are taken away; else they stay. */
  readonly dropPasswords?: boolean | undefined
}

export interface SavedXml {
  /** What libvirt has stored. */
  readonly xml: string
  /** It says what was asked for; false where libvirt has added, changed or dropped something. */
  readonly same: boolean
}

/** As long as such a document may be, in characters: it crosses the contract twice, in one message of 2 MiB at most. */
export const xmlLimit = 524_288
