import { Code, Text } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppStore } from '../../stores/app-store.ts'
import { ownName } from './words.ts'
import classes from './kinds.module.css'

const uris = { session: 'qemu:///session', system: 'qemu:///system' } as const
type Kind = keyof typeof uris

function KindCard({ kind }: { readonly kind: Kind }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <section className={classes.card} aria-labelledby={id}>
      <h3 id={id} className={classes.name}>
        {ownName(t, uris[kind])}
        <Code>{uris[kind]}</Code>
      </h3>
      <dl className={classes.facts}>
        <dt>{t('connections:kinds.can')}</dt>
        <dd>{t(`connections:kinds.${kind}.can`)}</dd>
        <dt>{t('connections:kinds.lives')}</dt>
        <dd>{t(`connections:kinds.${kind}.lives`)}</dd>
      </dl>
    </section>
  )
}

/** Which machines `virsh` without -c shows. https://libvirt.org/uri.html#default-uri-choice */
function VirshNote() {
  const { t } = useTranslation()
  const info = useAppStore((state) => state.info)
  if (info?.defaultUri) return t('connections:kinds.virshDefault', { uri: info.defaultUri })
  return info?.runsAsRoot ? t('connections:kinds.virshRoot') : t('connections:kinds.virsh')
}

/** The two connections of this computer in plain words: what each can do, where its machines live, what virsh shows. Root has one. */
export function KindsExplained() {
  const { t } = useTranslation()
  const asRoot = useAppStore((state) => state.info?.runsAsRoot ?? false)
  return (
    <div className={classes.root}>
      <div className={classes.cards}>
        {!asRoot && <KindCard kind="session" />}
        <KindCard kind="system" />
      </div>
      <Text size="sm">
        {!asRoot && `${t('connections:kinds.apart')} `}
        <VirshNote />
      </Text>
    </div>
  )
}
