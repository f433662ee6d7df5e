import { Checkbox, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import type { FirstStartForm, SshKey } from '../../../shared/model/first-start.ts'
import { hostNameFrom } from '../../../shared/model/first-start-rules.ts'
import type { PlanFinding } from '../../../shared/model/plan.ts'
import { Field } from './Field.tsx'
import { findingsOfField, type FormField } from './first-start.ts'
import classes from './new-machine.module.css'

interface Props {
  readonly told: FirstStartForm
  readonly findings: readonly PlanFinding[]
  readonly machineName: string
  readonly onChange: (told: FirstStartForm) => void
}

interface WordProps extends Pick<Props, 'told' | 'findings' | 'onChange'> {
  readonly field: Exclude<FormField, 'sshKeys'>
  readonly placeholder?: string
  readonly hint?: string
}

/** A field of one line; passwords are not shown. */
function Word({ told, findings, onChange, field, placeholder, hint }: WordProps) {
  const { t } = useTranslation()
  const id = useId()
  const own = findingsOfField(findings, field)
  const secret = field === 'password' || field === 'confirmation'
  return (
    <Field label={t(`first-start:${field}`)} htmlFor={id} hint={hint} findings={own}>
      <TextInput
        id={id}
        type={secret ? 'password' : 'text'}
        autoComplete={secret ? 'new-password' : 'off'}
        spellCheck={false}
        value={told[field]}
        placeholder={placeholder}
        error={own.some(({ level }) => level === 'error')}
        onChange={(event) => onChange({ ...told, [field]: event.currentTarget.value })}
      />
    </Field>
  )
}

function useKeys(): readonly SshKey[] | null {
  const [keys, setKeys] = useState<readonly SshKey[] | null>(null)
  useEffect(() => {
    let current = true
    call('ssh-key.list', {}).then(
      (found) => current && setKeys(found),
      () => current && setKeys([]),
    )
    return () => {
      current = false
    }
  }, [])
  return keys
}

/** The public keys of this person, each to be let in or not. */
function Keys({ told, findings, onChange }: Pick<Props, 'told' | 'findings' | 'onChange'>) {
  const { t } = useTranslation()
  const id = useId()
  const keys = useKeys()
  return (
    <Field label={t('first-start:keys')} labelId={id} findings={findingsOfField(findings, 'sshKeys')}>
      {keys?.length === 0 && (
        <Text size="xs" className={classes.hint}>
          {t('first-start:noKeys')}
        </Text>
      )}
      <Checkbox.Group role="group" aria-labelledby={id} value={[...told.sshKeys]} onChange={(sshKeys) => onChange({ ...told, sshKeys })}>
        <Stack gap={6}>
          {keys?.map((key) => (
            <Checkbox key={key.name} value={key.line} label={key.name} description={[key.type, key.comment].join(' ')} classNames={{ description: classes.path ?? '' }} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Field>
  )
}

/** Host name, user, password, keys and the rest, for cloud-init's documents to be made of. */
export function FirstStartFormFields({ told, findings, machineName, onChange }: Props) {
  const { t } = useTranslation()
  const shared = { told, findings, onChange }
  return (
    <>
      <Word {...shared} field="hostName" placeholder={hostNameFrom(machineName)} />
      <Word {...shared} field="user" placeholder={t('first-start:userPlaceholder')} />
      <Word {...shared} field="password" hint={t('first-start:passwordHint')} />
      <Word {...shared} field="confirmation" />
      <Keys {...shared} />
      <Word {...shared} field="locale" placeholder={t('first-start:asImage')} />
      <Word {...shared} field="keyboard" placeholder={t('first-start:asImage')} />
      <Word {...shared} field="packages" hint={t('first-start:packagesHint')} />
      <div className={classes.row}>
        <span />
        <Checkbox
          label={t('first-start:update')}
          checked={told.update}
          onChange={(event) => onChange({ ...told, update: event.currentTarget.checked })}
        />
      </div>
    </>
  )
}
