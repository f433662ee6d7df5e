import { ActionIcon, Button, Modal } from '@mantine/core'
import { IconChevronLeft, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type FormEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppStore } from '../../stores/app-store.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { Job } from '../../../shared/model/job.ts'
import { canCreate } from '../../../shared/model/plan-rules.ts'
import { CataloguePage } from './CataloguePage.tsx'
import { DownloadPage } from './DownloadPage.tsx'
import { goToMade, tellInBackground } from './finish.tsx'
import { ProgressPage } from './ProgressPage.tsx'
import { ReviewPage } from './ReviewPage.tsx'
import { SourcePage } from './SourcePage.tsx'
import { usePlan, type PlanState } from './use-plan.ts'
import { useSteps } from './use-steps.ts'
import sheetClasses from '../../ui/sheet.module.css'
import classes from './new-machine.module.css'

interface HeaderProps {
  readonly title: string
  readonly onBack: (() => void) | null
  /** Nothing else is left to do: Back has the focus. */
  readonly backFirst: boolean
  readonly onClose: () => void
  /** The Create button of the review page. */
  readonly create: { readonly busy: boolean; readonly disabled: boolean } | null
}

function Header({ title, onBack, backFirst, onClose, create }: HeaderProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.header}>
      <div className={classes.side}>
        {onBack && (
          <Button
            variant="subtle"
            color="gray"
            type="button"
            data-autofocus={backFirst || undefined}
            leftSection={<IconChevronLeft size={16} aria-hidden />}
            onClick={onBack}
          >
            {t('new-machine:back')}
          </Button>
        )}
      </div>
      <Modal.Title className={classes.title}>{title}</Modal.Title>
      <div className={classes.side} data-end>
        {create && (
          <Button type="submit" loading={create.busy} disabled={create.disabled}>
            {t('new-machine:create')}
          </Button>
        )}
        <ActionIcon variant="subtle" color="gray" aria-label={t('new-machine:close')} onClick={onClose}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </div>
    </div>
  )
}

/** The question before edits are lost. */
function AskDiscard({ onStay, onDiscard }: { readonly onStay: () => void; readonly onDiscard: () => void }) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      opened
      title={t('new-machine:discard.title')}
      confirm={t('new-machine:discard.do')}
      danger
      onConfirm={onDiscard}
      onCancel={onStay}
    >
      {t('new-machine:discard.text')}
    </ConfirmDialog>
  )
}

/** What was clicked on the page before is gone: each page has the focus on its first field, and Enter goes on from there. */
function useFirstFocus(page: string): RefObject<HTMLFormElement | null> {
  const sheet = useRef<HTMLFormElement>(null)
  useEffect(() => {
    sheet.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true })
  }, [page])
  return sheet
}

function useTitle({ step, asked, downloads }: ReturnType<typeof useSteps>, failed: boolean, stopped: boolean): string {
  const { t } = useTranslation()
  if (step === 'catalogue') return t('images:catalogue.title')
  if (step === 'download') {
    const what = { name: downloads.fetching?.name ?? '' }
    return stopped ? t('images:download.failed', what) : t('images:download.title', what)
  }
  if (step === 'source') return t('new-machine:source.title')
  if (step === 'review') return t('new-machine:review.title')
  const name = asked?.plan.title ?? ''
  return failed ? t('new-machine:progress.failed', { name }) : t('new-machine:progress.title', { name })
}

interface ContentProps {
  readonly plan: PlanState
  readonly steps: ReturnType<typeof useSteps>
  /** Another connection is to get the machine. */
  readonly onMove: (connection: ConnectionId) => void
}

/** The pages before the review: what there is, what can be downloaded, and the download. */
function Sources({ connection, plan, steps, onMove, onClose }: Props & ContentProps) {
  const { downloads } = steps
  const choose = (path: string): void => void steps.choose(path)
  const busy = plan.reading !== null || downloads.reading !== null
  if (steps.step === 'download' && downloads.fetching) {
    const { fetching, again } = downloads
    return (
      <>
        {downloads.error !== null && <ErrorNotice error={downloads.error} />}
        <DownloadPage key={fetching.job} fetching={fetching} onHide={onClose} onDone={choose} onAgain={again} onFile={choose} />
      </>
    )
  }
  const failed = downloads.error === null ? null : <ErrorNotice error={downloads.error} />
  if (steps.step === 'catalogue') {
    return (
      <>
        {failed}
        <CataloguePage
          busy={busy}
          reading={downloads.reading}
          onEntry={downloads.fetchEntry}
          onAddress={downloads.fetchAddress}
        />
      </>
    )
  }
  return (
    <>
      {failed}
      <SourcePage
        connection={connection}
        plan={plan}
        reading={downloads.reading}
        onMove={onMove}
        onChoose={choose}
        onEntry={downloads.fetchEntry}
        onSearch={steps.search}
      />
    </>
  )
}

/** What the sheet shows at a step. */
function Content({
  connection,
  plan,
  steps,
  onMove,
  onClose,
}: Props & ContentProps) {
  const { asked } = steps
  const { form } = plan
  if (steps.step === 'progress' && asked) {
    const hide = (): void => {
      tellInBackground(asked)
      onClose()
    }
    const done = (job: Parameters<typeof goToMade>[1]): void => {
      onClose()
      goToMade(asked, job)
    }
    return <ProgressPage asked={asked} onHide={hide} onDone={done} />
  }
  if (steps.step === 'review' && form) {
    return (
      <>
        {steps.error !== null && <ErrorNotice error={steps.error} />}
        {plan.error !== null && <ErrorNotice error={plan.error} />}
        <ReviewPage form={form} plan={plan} />
      </>
    )
  }
  return <Sources connection={connection} plan={plan} steps={steps} onMove={onMove} onClose={onClose} />
}

interface Props {
  readonly connection: ConnectionId
  /** The file that it is made from, already chosen. */
  readonly media?: string
  readonly onClose: () => void
}

const isStopped = (job: Job | undefined): boolean => job?.state === 'failed' || job?.state === 'cancelled'

/** "+ New machine": a sheet over the page. A source, a review with everything filled in, and the work itself. */
export function NewMachineSheet({ connection: asked, media, onClose }: Props) {
  const [connection, setConnection] = useState(asked)
  const plan = usePlan()
  const steps = useSteps(connection, plan, media)
  const [asking, setAsking] = useState(false)
  const { step, asked: started } = steps
  const job = useAppStore((state) => state.jobs.find((one) => one.id === started?.job))
  const working = step === 'progress' && (!job || job.state === 'running')
  const download = useAppStore((state) => state.jobs.find((one) => one.id === steps.downloads.fetching?.job))
  const title = useTitle(steps, isStopped(job), isStopped(download))
  const sheet = useFirstFocus(`${step} ${String(working)} ${String(isStopped(download))}`)
  const close = (): void => {
    if (working && started) {
      tellInBackground(started)
      onClose()
    } else if (step !== 'source' && (plan.form?.edited.size ?? 0) > 0) setAsking(true)
    else onClose()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (step === 'review' && plan.form && canCreate(plan.form.findings)) void steps.create()
  }
  const create =
    step === 'review'
      ? { busy: steps.starting, disabled: !plan.form || plan.reading !== null || !canCreate(plan.form.findings) }
      : null
  return (
    <Modal.Root opened onClose={close} size={660} yOffset="5vh" closeOnClickOutside={false}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content classNames={{ content: sheetClasses.sheet ?? '' }}>
        <form ref={sheet} className={classes.form} onSubmit={submit} noValidate>
          <Header
            title={title}
            onBack={step === 'source' || working ? null : steps.back}
            backFirst={step === 'progress'}
            onClose={close}
            create={create}
          />
          <Modal.Body className={classes.body}>
            <Content connection={connection} plan={plan} steps={steps} onMove={setConnection} onClose={onClose} />
          </Modal.Body>
        </form>
      </Modal.Content>
      {asking && <AskDiscard onStay={() => setAsking(false)} onDiscard={onClose} />}
    </Modal.Root>
  )
}
