import { Alert, Button, Center, Loader, Stack, Text, Title } from '@mantine/core'
import { IconPlugConnectedX, IconPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CommandsBar } from '../features/commands/index.ts'
import { JobsButton } from '../features/jobs/index.ts'
import { SearchField } from '../features/search/index.ts'
import { useAppStore } from '../stores/app-store.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { FilePicker } from '../ui/FilePicker.tsx'
import { PageToolsContext } from '../ui/Page.tsx'
import { runAction, searchFieldId, whyNotAction } from './actions.ts'
import { Dialogs } from './Dialogs.tsx'
import { Pages } from './routes.tsx'
import { Sidebar } from './Sidebar.tsx'
import classes from './shell.module.css'

/** "+ New machine" of the header; off, with its reason as tip, where no connection is open. */
function NewMachineButton() {
  const { t } = useTranslation()
  const why = useAppStore((state) => whyNotAction('new-machine', state))
  return (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => runAction('new-machine')}
      {...(why ? { 'data-disabled': true, 'aria-disabled': true, title: t(`connections:why.${why}`) } : {})}
    >
      {t('app:newMachine')}
    </Button>
  )
}

/** The host does not answer: said on top of everything until it does again. */
function LostBanner() {
  const { t } = useTranslation()
  return (
    <Alert
      className={classes.banner}
      color="orange"
      radius={0}
      role="alert"
      icon={<IconPlugConnectedX aria-hidden />}
      title={t('app:link.lost')}
    >
      {t('app:link.lostText')}
    </Alert>
  )
}

/** Nothing can be shown: no token, or a host that does not know it. */
function Refused() {
  const { t } = useTranslation()
  return (
    <main className={classes.centre}>
      <Stack maw="34rem">
        <Title order={1} size="h3">
          {t('app:link.refused')}
        </Title>
        <Text>{t('app:link.refusedText')}</Text>
      </Stack>
    </main>
  )
}

/** Before the host has answered for the first time. */
function Starting({ failure }: { readonly failure: unknown }) {
  const { t } = useTranslation()
  return (
    <main className={classes.centre}>
      {failure === null ? (
        <Center>
          <Loader aria-label={t('loading')} />
        </Center>
      ) : (
        <ErrorNotice error={failure} onRetry={() => window.location.reload()} />
      )}
    </main>
  )
}

/** The whole window: sidebar, page, commands, dialogs. */
export function Shell({ failure }: { readonly failure: unknown }) {
  const { t } = useTranslation()
  const link = useAppStore((state) => state.link)
  const ready = useAppStore((state) => state.info !== null)
  const tools = useMemo(
    () => ({ search: <SearchField id={searchFieldId} />, jobs: <JobsButton />, new: <NewMachineButton /> }),
    [],
  )
  if (link === 'refused') return <Refused />
  if (!ready) return <Starting failure={failure} />
  return (
    <PageToolsContext value={tools}>
      <a className={classes.skip} href="#main" onClick={(event) => skipToMain(event)}>
        {t('app:skip')}
      </a>
      <div className={classes.shell}>
        {link === 'lost' && <LostBanner />}
        <Sidebar />
        <div className={classes.content}>
          <Pages />
        </div>
        <div className={classes.commands}>
          <CommandsBar />
        </div>
      </div>
      {/* Before the dialogs: it closes first. */}
      <FilePicker />
      <Dialogs />
    </PageToolsContext>
  )
}

/** The address holds the route, so the jump is made by hand. */
function skipToMain(event: { preventDefault(): void }): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
