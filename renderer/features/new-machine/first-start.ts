/** What the first start's fields begin with, and which remarks belong to which of them. */
import type { FirstStartDocument, FirstStartDocuments, FirstStartForm } from '../../../shared/model/first-start.ts'
import { isUserName } from '../../../shared/model/first-start-rules.ts'
import type { PlanFinding } from '../../../shared/model/plan.ts'
import { findingsOf } from './form.ts'

/** The person's own name is the user's, save for root. */
export const emptyForm = (person: string): FirstStartForm => ({
  kind: 'form',
  hostName: '',
  user: isUserName(person) && person !== 'root' ? person : '',
  password: '',
  confirmation: '',
  sshKeys: [],
  locale: '',
  keyboard: '',
  packages: '',
  update: false,
})

export const emptyDocuments: FirstStartDocuments = { kind: 'documents', userData: '#cloud-config\n', metaData: '', networkConfig: '' }

export type FormField = 'hostName' | 'user' | 'password' | 'confirmation' | 'sshKeys' | 'locale' | 'keyboard' | 'packages'

const fields: Readonly<Record<string, FormField>> = {
  'first-start-host-name': 'hostName',
  'first-start-user': 'user',
  'first-start-password-control': 'password',
  'first-start-confirmation': 'confirmation',
  'first-start-key': 'sshKeys',
  'first-start-locale': 'locale',
  'first-start-keyboard': 'keyboard',
  'first-start-package': 'packages',
  'first-start-nobody': 'sshKeys',
}

type Findings = readonly PlanFinding[]
const all = (findings: Findings): Findings => findingsOf(findings, 'firstStart')

export const findingsOfField = (findings: Findings, field: FormField): Findings => all(findings).filter(({ code }) => fields[code] === field)

export const findingsOfDocument = (findings: Findings, document: FirstStartDocument): Findings =>
  all(findings).filter(({ params }) => params['document'] === document)

/** About the image, whatever it is told. */
export const findingsOfImage = (findings: Findings): Findings =>
  all(findings).filter(({ code, params }) => fields[code] === undefined && params['document'] === undefined)

/** The line of a document's first error, or null. */
export function faultyLine(findings: Findings): number | null {
  const line = findings.find(({ level }) => level === 'error')?.params['line']
  return typeof line === 'number' ? line : null
}
