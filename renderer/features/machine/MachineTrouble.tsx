import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconFileText, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiskError, DomainSummary } from '../../../shared/model/domain.ts'
import { call } from '../../api/client.ts'
import { openDialog } from '../../stores/app-store.ts'
import { formatBytes } from '../../ui/format.ts'
import { beginAction } from '../machines/index.ts'
import classes from './machine.module.css'
import { troubleOf, useHasLog } from './trouble.ts'

/** What went wrong with a machine by itself, why as far as it is known, and what can be done. */
export function MachineTrouble({ domain }: { readonly domain: DomainSummary }) {
  const { t } = useTranslation()
  const trouble = troubleOf(domain)
  const hasLog = useHasLog(domain.connection)
  if (!trouble) return null
  return (
    <Alert
      className={classes.trouble ?? ''}
      color={trouble === 'disk' ? 'orange' : 'red'}
      variant="light"
      radius={0}
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={t(`trouble:${trouble}.title`)}
    >
      <Stack gap="xs" align="flex-start">
        {trouble === 'disk' && <DiskErrors domain={domain} />}
        <Text size="sm">{t(`trouble:${trouble}.text`)}</Text>
        <Group gap="xs">
          {trouble === 'disk' && (
            <Button size="xs" leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => beginAction('resume', domain)}>
              {t('trouble:disk.resume')}
            </Button>
          )}
          {trouble === 'panicked' && (
            <Button size="xs" color="red" variant="light" onClick={() => beginAction('destroy', domain)}>
              {t('machines:action.destroy')}
            </Button>
          )}
          {hasLog && <LogButton domain={domain} small />}
        </Group>
      </Stack>
    </Alert>
  )
}

/** Which disks, where they lie, and how much room there is now. */
function DiskErrors({ domain: { connection, uuid, state } }: { readonly domain: DomainSummary }) {
  const { t } = useTranslation()
  const [errors, setErrors] = useState<readonly DiskError[]>([])
  useEffect(() => {
    let current = true
    call('domain.disk-errors', { connection, uuid }).then(
      (answer) => current && setErrors(answer),
      () => undefined, // it goes on meanwhile: the notice goes with it
    )
    return () => {
      current = false
    }
  }, [connection, uuid, state])
  return errors.map(({ target, path, kind, freeBytes }) => (
    <Text key={target} size="sm">
      {t(`trouble:disk.${kind}`, { target, path: path ?? '' })}
      {freeBytes !== null && ` ${t('trouble:disk.free', { free: formatBytes(freeBytes) })}`}
    </Text>
  ))
}

/** Opens what QEMU said about the machine. */
export function LogButton({ domain: { connection, uuid }, small = false }: { readonly domain: Pick<DomainSummary, 'connection' | 'uuid'>; readonly small?: boolean }) {
  const { t } = useTranslation()
  return (
    <Button
      variant="default"
      size={small ? 'xs' : 'sm'}
      leftSection={<IconFileText size={16} aria-hidden />}
      onClick={() => openDialog({ kind: 'machine-log', connection, uuid })}
    >
      {t('trouble:log.button')}
    </Button>
  )
}
