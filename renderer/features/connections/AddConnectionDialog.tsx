import { Anchor, Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import type { WireError } from '../../../shared/model/error.ts'
import { appStore, useAppStore, useConnection } from '../../stores/app-store.ts'
import { go, paths } from '../../app/paths.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { errorTitle, wireErrorOf } from '../../ui/error-text.ts'
import { KindsExplained } from './KindsExplained.tsx'
import { useUriCheck } from './use-uri-check.ts'
import { connectionName } from './words.ts'
import classes from './add-connection.module.css'

const examples = ['test:///default', 'test+unix:///default'] as const
type Example = (typeof examples)[number]

function Examples({ onPick }: { readonly onPick: (uri: Example) => void }) {
  const { t } = useTranslation()
  const words: { readonly [K in Example]: string } = {
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

/** What is wrong with the URI that is typed, as a sentence. */
function useComplaint(check: WireError | null): string | null {
  const { t } = useTranslation()
  const listed = useConnection(check?.code === 'already-exists' ? String(check.params['connection']) : null)
  if (!check) return null
  return listed ? t('connections:add.listed', { name: connectionName(t, listed) }) : errorTitle(t, wireErrorOf(check))
}

/** Adds a connection by its URI, which is checked as it is typed. */
export function AddConnectionDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [uri, setUri] = useState('')
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const check = useUriCheck(uri)
  const asRoot = useAppStore((state) => state.info?.runsAsRoot ?? false)
  const complaint = useComplaint(check)
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
    <Modal opened onClose={onClose} title={t('connections:add.title')} size="xl">
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
              error={complaint}
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
          {!asRoot && (
            <Stack gap={6}>
              <Text size="sm" fw={600}>
                {t('connections:add.own')}
              </Text>
              <KindsExplained />
            </Stack>
          )}
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
