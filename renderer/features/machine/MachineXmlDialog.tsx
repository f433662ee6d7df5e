import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { useDomain } from '../../stores/app-store.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import { XmlDialog } from '../xml/index.ts'
import { displayName, isActive } from '../../../shared/model/domain-rules.ts'

/** A machine's XML, to read, copy and edit: as it runs, and as it starts next. */
export function MachineXmlDialog({ connection, uuid, onClose }: MachineRef & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const domain = useDomain(connection, uuid)
  const active = domain ? isActive(domain) : false
  const [chosen, setChosen] = useState<'live' | 'config'>('live')
  const which = active ? (domain?.persistent ? chosen : 'live') : 'config'
  const choice = active && domain?.persistent && (
    <SegmentedControl
      aria-label={t('machine:xml.which')}
      value={which}
      data={[
        { value: 'live', label: t('machine:xml.live') },
        { value: 'config', label: t('machine:xml.config') },
      ]}
      onChange={(value) => setChosen(value === 'config' ? 'config' : 'live')}
    />
  )
  return (
    <XmlDialog
      title={t('machine:xml.title', { name: domain ? displayName(domain) : '' })}
      copyLabel={t('machine:xml.copy')}
      read={async () => (await call('domain.xml', { connection, uuid, which })).xml}
      readKey={which}
      saving={
        domain?.persistent
          ? {
              read: async () => (await call('domain.xml', { connection, uuid, which: 'config' })).xml,
              save: (edit) => call('domain.define-xml', { connection, uuid, ...edit }),
              passwords: domain.displays.length > 0,
              effect: active ? t('xml:effect.running') : domain.saved ? t('xml:effect.saved') : null,
            }
          : null
      }
      tools={choice}
      onClose={onClose}
    />
  )
}
