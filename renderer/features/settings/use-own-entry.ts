import { useState } from 'react'
import { emptyForm, type OwnEntryForm } from './own-entry.ts'

type Field = keyof OwnEntryForm

interface Bound {
  readonly value: string
  readonly autoComplete: 'off'
  readonly spellCheck: false
  readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void
}

/** The form as it is typed, and what each of its fields needs to be typed into. */
export function useOwnEntry(): { readonly form: OwnEntryForm; readonly fields: Readonly<Record<Field, Bound>> } {
  const [form, setForm] = useState(emptyForm)
  const bound = (name: Field): Bound => ({
    value: form[name],
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event) => setForm({ ...form, [name]: event.currentTarget.value }),
  })
  const fields = { name: bound('name'), address: bound('address'), checksum: bound('checksum'), user: bound('user'), password: bound('password') }
  return { form, fields }
}
