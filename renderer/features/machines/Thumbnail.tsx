import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { domainKey } from '../../stores/app-store.ts'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { displayName, stateGroup } from '../../../shared/model/domain-rules.ts'
import { hasPicture, pictures } from './screenshots.ts'
import classes from './machines.module.css'

/** Whether an element is on screen now. */
function useOnScreen(): readonly [(element: HTMLElement | null) => void, boolean] {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [visible, setVisible] = useState(false)
  useEffect(() => {
    if (!element) return
    const observer = new IntersectionObserver((entries) => setVisible(entries.at(-1)?.isIntersecting ?? false))
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return [setElement, visible]
}

type Picture = { readonly png: string } | 'waiting' | 'none'

/** The last picture of a machine's screen, taken again while `wanted`; forgotten when the machine is off. */
function usePicture(domain: DomainSummary, wanted: boolean): Picture {
  const { connection, uuid } = domain
  const on = hasPicture(domain)
  const [picture, setPicture] = useState<Picture>('waiting')
  const [wasOn, setWasOn] = useState(on)
  if (wasOn !== on) {
    setWasOn(on)
    setPicture('waiting')
  }
  useEffect(() => {
    if (!wanted || !on) return
    const onPicture = (png: string | null): void =>
      setPicture((old) => (png ? { png } : old === 'waiting' ? 'none' : old))
    const stop = pictures.watch({ key: domainKey(connection, uuid), ref: { connection, uuid }, onPicture })
    const wake = (): void => pictures.wake()
    document.addEventListener('visibilitychange', wake)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', wake)
    }
  }, [connection, uuid, wanted, on])
  return picture
}

/** A machine's screen as it is now, or words where there is none: never a black rectangle. */
export function Thumbnail({ domain }: { readonly domain: DomainSummary }) {
  const { t } = useTranslation()
  const [ref, visible] = useOnScreen()
  const picture = usePicture(domain, visible)
  const group = stateGroup(domain)
  const on = hasPicture(domain)
  const shown = on && typeof picture === 'object' ? picture : null
  const words = (): string => {
    if (group !== 'running') return t(`machines:thumbnail.${group}`)
    return on && picture === 'waiting' ? t('machines:thumbnail.waiting') : t('machines:thumbnail.none')
  }
  return (
    <div
      ref={ref}
      className={classes.thumbnail}
      data-picture={shown ? true : undefined}
      data-dimmed={shown && group === 'paused' ? true : undefined}
    >
      {shown && (
        <img
          className={classes.picture}
          alt={t('machines:thumbnail.running', { name: displayName(domain) })}
          src={`data:image/png;base64,${shown.png}`}
        />
      )}
      {(!shown || group === 'paused') && (
        <Text component="span" className={classes.thumbnailWords}>
          {words()}
        </Text>
      )}
    </div>
  )
}
