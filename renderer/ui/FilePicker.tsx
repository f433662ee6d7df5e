import { ActionIcon, Button, Checkbox, Group, Modal, Stack, TextInput, Tooltip } from '@mantine/core'
import { IconArrowUp, IconFolder } from '@tabler/icons-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileEntry } from '../../shared/model/media.ts'
import { ErrorNotice } from './ErrorNotice.tsx'
import { suits } from './file-filter.ts'
import { FileList } from './FileList.tsx'
import { onPendingPick, pendingPick, type PickRequest } from './pick-file.ts'
import { uiServices, type FolderListing } from './services.ts'

/** The app's own file browser, where the desktop's is out of reach. Mounted once by the shell; opened by pickFile(). */
export function FilePicker() {
  const { t } = useTranslation()
  const request = useSyncExternalStore(onPendingPick, pendingPick)
  useEscapeFirst()
  return (
    <Modal
      zIndex={300}
      closeOnEscape={false}
      opened={request !== null}
      onClose={() => request?.resolve(null)}
      title={request?.purpose === 'folder' ? t('filePicker.chooseFolder') : t('filePicker.chooseFile')}
      size="44rem"
    >
      {request && <Browser key={request.start} request={request} />}
    </Modal>
  )
}

/**
 * Escape closes the file browser alone, not the dialog under it: every open dialog listens on the window, so this
 * listener has to be there before theirs.
 */
function useEscapeFirst(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const request = pendingPick()
      if (event.key !== 'Escape' || !request) return
      event.stopImmediatePropagation()
      request.resolve(null)
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}

/** The folder, or the first above it that can be read: a download folder need not be there yet. */
async function nearestFolder(path: string): Promise<FolderListing> {
  try {
    return await uiServices().listFolder(path, false)
  } catch (reason) {
    const above = path.replace(/\/[^/]*\/*$/, '') || '/'
    if (above === path || !path.startsWith('/')) throw reason
    return nearestFolder(above)
  }
}

/** What is shown of a folder, and reading another one. */
function useFolder(start: string) {
  const [folder, setFolder] = useState<FolderListing | null>(null)
  const [typed, setTyped] = useState(start)
  const [error, setError] = useState<unknown>(null)
  const [hidden, setHidden] = useState(false)
  const open = async (path: string, withHidden = hidden): Promise<boolean> => {
    try {
      const listing = await uiServices().listFolder(path, withHidden)
      setFolder(listing)
      setTyped(listing.path)
      setError(null)
      return true
    } catch (reason) {
      setError(reason)
      return false
    }
  }
  useEffect(() => {
    let current = true
    nearestFolder(start).then(
      (listing) => {
        if (!current) return
        setFolder(listing)
        setTyped((typed) => (typed === start ? listing.path : typed)) // a person may have typed already
      },
      (reason: unknown) => current && setError(reason),
    )
    return () => {
      current = false
    }
  }, [start])
  const showHidden = (yes: boolean): void => {
    setHidden(yes)
    if (folder) void open(folder.path, yes)
  }
  return { folder, typed, setTyped, error, hidden, showHidden, open }
}

function Browser({ request }: { readonly request: PickRequest }) {
  const { t } = useTranslation()
  const { folder, typed, setTyped, error, hidden, showHidden, open } = useFolder(request.start)
  const [selected, setSelected] = useState<FileEntry | null>(null)
  const [all, setAll] = useState(false)
  const entries = (folder?.entries ?? []).filter(
    (entry) => (all && request.purpose !== 'folder') || suits(entry, request.purpose),
  )
  const enter = (path: string): void => {
    setSelected(null)
    void open(path)
  }
  /** A typed path may be a folder to look into, or the file itself: the host says which when it is used. */
  const choose = async (): Promise<void> => {
    if (selected?.kind === 'file') request.resolve(selected.path)
    else if (request.purpose === 'folder') request.resolve(selected?.path ?? typed)
    else if (folder && typed !== folder.path && !(await open(typed))) request.resolve(typed)
  }
  const activate = (entry: FileEntry): void => {
    if (entry.kind === 'folder') enter(entry.path)
    else request.resolve(entry.path)
  }
  const ready = request.purpose === 'folder' || selected?.kind === 'file' || (folder !== null && typed !== folder.path)
  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="nowrap" align="end">
        <Tooltip label={t('filePicker.up')}>
          <ActionIcon
            variant="default"
            size="2.125rem"
            aria-label={t('filePicker.up')}
            disabled={!folder?.parent}
            onClick={() => folder?.parent && enter(folder.parent)}
          >
            <IconArrowUp size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <TextInput
          flex={1}
          label={t('filePicker.path')}
          value={typed}
          leftSection={<IconFolder size={16} aria-hidden />}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setSelected(null)
          }}
          onKeyDown={(event) => event.key === 'Enter' && void choose()}
        />
      </Group>
      {error !== null && <ErrorNotice error={error} />}
      <FileList
        entries={entries}
        selected={selected}
        onSelect={setSelected}
        onActivate={activate}
        onUp={() => folder?.parent && enter(folder.parent)}
      />
      <Group justify="space-between">
        <Group gap="md">
          <Checkbox
            label={t('filePicker.hidden')}
            checked={hidden}
            onChange={(event) => showHidden(event.currentTarget.checked)}
          />
          {request.purpose !== 'folder' && (
            <Checkbox
              label={t('filePicker.allFiles')}
              checked={all}
              onChange={(event) => setAll(event.currentTarget.checked)}
            />
          )}
        </Group>
        <Group gap="sm">
          <Button variant="default" onClick={() => request.resolve(null)}>
            {t('cancel')}
          </Button>
          <Button disabled={!ready} onClick={() => void choose()}>
            {request.purpose === 'folder' ? t('filePicker.useFolder') : t('open')}
          </Button>
        </Group>
      </Group>
    </Stack>
  )
}
