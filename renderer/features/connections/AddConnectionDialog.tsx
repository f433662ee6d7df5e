import { Anchor, Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { appStore } from '../../stores/app-store.ts'
import { go, paths } from '../../app/paths.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { errorTitle, wireErrorOf } from '../../ui/error-text.ts'
import { useUriCheck } from './use-uri-check.ts'
import classes from './add-connection.module.css'

const examples = ['qemu:///system', 'qemu:///session', 'test:///default', 'test+unix:///default'] as const
type Example = (typeof examples)[number]

function Examples({ onPick }: { readonly onPick: (uri: Example) => void }) {
  const { t } = useTranslation()
  const words: { readonly [K in Example]: string } = {
    'qemu:///system': t('connections:add.example.system'),
    'qemu:///session': t('connections:add.example.session'),
    'test:///default': t('connections:add.example.test'),
    'test+unix:///default': t('connections:add.example.testUnix'),
  }
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('connections:add.examples')}
      </Text>
      <ul className={classes.examples}>
        {examples.map((uri) => (
          <li key={uri}>
            <Anchor component="button" type="button" onClick={() => onPick(uri)}>
              <Code>{uri}</Code>
            </Anchor>
            <Text span size="sm" c="dimmed">
              {words[uri]}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Adds a connection by its URI, which is checked as it is typed. */
export function AddConnectionDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [uri, setUri] = useState('')
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const check = useUriCheck(uri)
  const hint = typeof check?.params['hint'] === 'string' ? check.params['hint'] : null
  const change = (next: string): void => {
    setUri(next)
    setError(null)
  }
  const add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    try {
      const connection = await call('connection.add', { uri: uri.trim(), name: name.trim() || null })
      appStore.setState((state) => ({ foldedConnections: { ...state.foldedConnections, [connection.id]: false } }))
      onClose()
      go(paths.machines(connection.id))
    } catch (reason) {
      setError(reason)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={t('connections:add.title')} size="lg">
      <form onSubmit={(event) => void add(event)}>
        <Stack>
          <div aria-live="polite">
            <TextInput
              data-autofocus
              required
              label={t('connections:add.uri')}
              placeholder={examples[0]}
              value={uri}
              maxLength={2_000}
              spellCheck={false}
              autoComplete="off"
              error={check ? errorTitle(t, wireErrorOf(check)) : null}
              onChange={(event) => change(event.currentTarget.value)}
            />
            {hint && (
              <Text size="sm" mt={4}>
                {`${t('connections:add.didYouMean')} `}
                <Anchor component="button" type="button" onClick={() => change(hint)}>
                  <Code>{hint}</Code>
                </Anchor>
              </Text>
            )}
          </div>
          <TextInput
            label={t('connections:add.name')}
            description={t('connections:add.nameHelp')}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Examples onPick={change} />
          {error !== null && <ErrorNotice error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={uri.trim() === '' || check !== null}>
              {t('connections:add.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
