import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { openDifference, openEditor } from './code-mirror.ts'
import classes from './xml.module.css'

interface EditorProps {
  /** What it begins with; what is typed is told, and stays in the editor. */
  readonly text: string
  readonly line: number | null
  readonly onChange: (text: string) => void
}

/** The text to edit. */
export function XmlEditor({ text, line, onChange }: EditorProps) {
  const { t } = useTranslation()
  const dark = useComputedColorScheme() === 'dark'
  const place = useRef<HTMLDivElement>(null)
  const open = useEffectEvent((parent: HTMLElement, isDark: boolean) => openEditor(parent, { t, dark: isDark, text, label: t('xml:text'), line, onChange }))
  useEffect(() => {
    if (!place.current) return
    const view = open(place.current, dark)
    return () => view.destroy()
  }, [dark])
  return <div ref={place} className={classes.editor} />
}

interface DifferenceProps {
  readonly before: { readonly text: string; readonly label: string }
  readonly after: { readonly text: string; readonly label: string }
}

/** What differs between two texts. */
export function XmlDifference({ before, after }: DifferenceProps) {
  const { t } = useTranslation()
  const dark = useComputedColorScheme() === 'dark'
  const place = useRef<HTMLDivElement>(null)
  const open = useEffectEvent((parent: HTMLElement, isDark: boolean) => openDifference(parent, t, isDark, before, after))
  useEffect(() => {
    if (!place.current) return
    const view = open(place.current, dark)
    return () => view.destroy()
  }, [dark, before.text, after.text])
  return (
    <div className={classes.difference}>
      <div className={classes.heads} aria-hidden>
        <span>{before.label}</span>
        <span>{after.label}</span>
      </div>
      <div ref={place} className={classes.sides} />
    </div>
  )
}
