/** What a machine from a disk image is told at its first start, for cloud-init (https://docs.cloud-init.io) to do. */

/** What a person filled in; the host makes the documents of it. */
export interface FirstStartForm {
  readonly kind: 'form'
  /** Empty: made from the machine's name. */
  readonly hostName: string
  /** Empty: the user that the image brings along. */
  readonly user: string
  /** Empty: none. Kept nowhere; what is written is its hash. */
  readonly password: string
  /** The password once more. */
  readonly confirmation: string
  /** Public keys, as the lines of an authorized_keys file. */
  readonly sshKeys: readonly string[]
  /** E.g. `es_ES.UTF-8`; empty: the image's own. */
  readonly locale: string
  /** E.g. `es`; empty: the image's own. */
  readonly keyboard: string
  /** Names of packages as typed, with blanks or commas between them. */
  readonly packages: string
  /** Bring the installed packages up to date. */
  readonly update: boolean
}

export type FirstStartDocument = 'user-data' | 'meta-data' | 'network-config'

/** Documents as somebody wrote them: they reach the machine byte by byte. */
export interface FirstStartDocuments {
  readonly kind: 'documents'
  readonly userData: string
  /** Empty: made from the machine's name. */
  readonly metaData: string
  /** Empty: none, the image asks for addresses as it always does. */
  readonly networkConfig: string
}

export type FirstStart = FirstStartForm | FirstStartDocuments

/** A public key of this person's: `~/.ssh/<name>`. */
export interface SshKey {
  readonly name: string
  /** E.g. `ssh-ed25519`. */
  readonly type: string
  /** Mostly `user@host`; may be empty. */
  readonly comment: string
  /** The whole line. */
  readonly line: string
}
