import { Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Network } from '../../../shared/model/network.ts'
import { call } from '../../api/client.ts'
import { FactList } from '../../ui/FactList.tsx'
import { showError } from '../../ui/notices.tsx'
import { Term } from '../../ui/Term.tsx'
import { shownSettings, type ShownSetting } from './settings.ts'
import classes from './networks.module.css'

/** Whether the network starts with the host: libvirt keeps that for networks that stay. */
function Autostart({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const set = async (autostart: boolean): Promise<void> => {
    setBusy(true)
    await call('network.set-autostart', { connection: network.connection, uuid: network.uuid, autostart }).catch(
      showError,
    )
    setBusy(false)
  }
  return (
    <Switch
      aria-label={t('networks:autostart')}
      label={network.autostart ? t('yes') : t('no')}
      checked={network.autostart}
      disabled={busy || !network.persistent}
      onChange={(event) => void set(event.currentTarget.checked)}
    />
  )
}

/** A value as the network runs with it, and the one that waits for a restart. */
function Value({ setting }: { readonly setting: ShownSetting }) {
  const { t } = useTranslation()
  const { values, next } = setting
  return (
    <>
      {values.length === 0 && <div>–</div>}
      {values.map((value, index) => (
        <div key={`${index}|${value}`}>{setting.valueTerm ? <Term id={setting.valueTerm}>{value}</Term> : value}</div>
      ))}
      {next !== null && (
        <div className={classes.next} data-tone="warn" data-pending={setting.field}>
          {t('networks:pending.after', { value: next.length > 0 ? next.join(', ') : t('networks:pending.removed') })}
        </div>
      )}
    </>
  )
}

/** All settings as libvirt has them. */
export function NetworkFacts({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  return (
    <FactList
      facts={[
        ...shownSettings(t, network).map((setting) => ({ label: setting.label, term: setting.term, value: <Value setting={setting} /> })),
        { label: t('networks:autostart'), value: <Autostart network={network} /> },
        { label: t('networks:persistent'), value: network.persistent ? t('networks:persistentYes') : t('networks:transient') },
        { label: 'UUID', value: network.uuid },
      ]}
    />
  )
}
