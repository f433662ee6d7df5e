/** What is wrong with what a first start is told, found before anything is made. */
import { isMap } from 'yaml'
import type { FirstStart, FirstStartDocument, FirstStartDocuments, FirstStartForm } from '../../../shared/model/first-start.ts'
import { isHostName, isKeyboard, isLocale, isPackageName, isPublicKey, isUserName, packageNames } from '../../../shared/model/first-start-rules.ts'
import type { Remark } from './remark.ts'
import { keepsPasswords, secretsIn } from './secrets.ts'
import { readYaml } from './yaml.ts'

export const checkFirstStart = (wanted: FirstStart): Remark[] => (wanted.kind === 'form' ? checkForm(wanted) : checkDocuments(wanted))

const inForm = (level: Remark['level'], code: string, params: Remark['params'] = {}): Remark => ({ level, code, params, document: null })

function checkForm(form: FirstStartForm): Remark[] {
  const [hostName, user, locale, keyboard] = [form.hostName, form.user, form.locale, form.keyboard].map((word) => word.trim())
  const found: Remark[] = []
  if (hostName && !isHostName(hostName)) found.push(inForm('error', 'host-name'))
  if (user && !isUserName(user)) found.push(inForm('error', 'user'))
  if (/\p{Cc}/u.test(form.password)) found.push(inForm('error', 'password-control'))
  if (form.password !== form.confirmation) found.push(inForm('error', 'confirmation'))
  if (!form.sshKeys.every(isPublicKey)) found.push(inForm('error', 'key'))
  if (locale && !isLocale(locale)) found.push(inForm('error', 'locale'))
  if (keyboard && !isKeyboard(keyboard)) found.push(inForm('error', 'keyboard'))
  const wrong = packageNames(form.packages).find((name) => !isPackageName(name))
  if (wrong !== undefined) found.push(inForm('error', 'package', { name: wrong }))
  if (form.password === '' && form.sshKeys.length === 0) found.push(inForm('warning', 'nobody'))
  return found
}

function checkDocuments({ userData, metaData, networkConfig }: FirstStartDocuments): Remark[] {
  return [
    ...checkDocument('user-data', userData),
    ...(metaData.trim() === '' ? [] : checkDocument('meta-data', metaData)),
    ...(networkConfig.trim() === '' ? [] : checkDocument('network-config', networkConfig)),
  ]
}

function checkDocument(document: FirstStartDocument, text: string): Remark[] {
  const at = (level: Remark['level'], code: string, line: number, params: Remark['params'] = {}): Remark => ({ level, code, params: { document, line, ...params }, document })
  if (document === 'user-data' && !/^#cloud-config[ \t]*\r?(?:\n|$)/.test(text)) return [at('error', 'header', 1)]
  const { document: yaml, fault } = readYaml(text)
  if (fault) return [at('error', fault.reason, fault.line)]
  // nothing but comments asks for nothing
  if (yaml.contents !== null && !isMap(yaml.contents)) return [at('error', 'not-a-list-of-keys', firstLine(text))]
  return document === 'user-data' ? checkPasswords(text, at) : []
}

function checkPasswords(text: string, at: (level: Remark['level'], code: string, line: number) => Remark): Remark[] {
  const plain = secretsIn(text).find((secret) => secret.plainPassword)
  if (!plain) return []
  return [at('warning', 'plain-password', plain.line), at('note', keepsPasswords(text) ? 'password-kept' : 'password-expires', plain.line)]
}

/** The first that holds more than a comment. */
const firstLine = (text: string): number => text.split('\n').findIndex((line) => line.trim() !== '' && !line.trimStart().startsWith('#') && line.trim() !== '---') + 1
