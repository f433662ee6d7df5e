import { useTranslation } from 'react-i18next'
import type { SourceObstacle } from '../../../shared/model/card-rules.ts'
import { obstacleText } from './words.ts'
import classes from './card-source.module.css'

interface Props {
  readonly label: string
  readonly obstacle: SourceObstacle | null
}

/** An entry of a list; one that cannot be chosen says why. */
export function SourceOption({ label, obstacle }: Props) {
  const { t } = useTranslation()
  return (
    <div>
      <div>{label}</div>
      {obstacle && <div className={classes.reason}>{obstacleText(t, obstacle)}</div>}
    </div>
  )
}
