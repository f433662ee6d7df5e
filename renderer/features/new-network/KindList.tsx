import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { choiceGroups, type Choice } from './choices.ts'
import { KindDiagram } from './KindDiagram.tsx'
import classes from './new-network.module.css'

interface CardProps {
  readonly choice: Choice
  readonly group: string
  readonly chosen: boolean
  readonly onChoose: (choice: Choice) => void
}

function KindCard({ choice, group, chosen, onChoose }: CardProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <label className={classes.kind} data-chosen={chosen || undefined}>
      <input
        type="radio"
        className={classes.radio}
        name={group}
        value={choice}
        checked={chosen}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-effect`}
        onChange={() => onChoose(choice)}
      />
      <span className={classes.kindPicture}>
        <KindDiagram choice={choice} decorative />
      </span>
      <span className={classes.kindWords}>
        <span className={classes.kindName} id={`${id}-name`}>
          {t(`new-network:choice.${choice}.name`)}
        </span>
        <span className={classes.kindEffect} id={`${id}-effect`}>
          {t(`new-network:choice.${choice}.effect`)}
        </span>
      </span>
    </label>
  )
}

/** Every kind by name, with its effect in a line and a drawing, in the course's two groups; the arrow keys choose. */
export function KindList({ choice, onChoose }: { readonly choice: Choice; readonly onChoose: (choice: Choice) => void }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div role="radiogroup" aria-label={t('new-network:kind')} className={classes.kinds}>
      {choiceGroups.map((group) => (
        <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}`}>
          <h3 className={classes.groupName} id={`${id}-${group.id}`}>
            {t(`new-network:group.${group.id}`)}
          </h3>
          {group.choices.map((one) => (
            <KindCard key={one} choice={one} group={id} chosen={one === choice} onChoose={onChoose} />
          ))}
        </div>
      ))}
    </div>
  )
}
