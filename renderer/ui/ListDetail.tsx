import type { ReactNode } from 'react'
import { Facts } from './Facts.tsx'
import { StateDot, type Tone } from './StateBadge.tsx'
import classes from './list-detail.module.css'

export interface ListItem {
  readonly id: string
  readonly href: string
  readonly name: string
  /** One line under the name. */
  readonly fact: string
  /** How full it is, from 0 to 1, as a bar under the fact, which says the same in words. */
  readonly fill?: number | null
  readonly tone: Tone
  /** The word of the dot. */
  readonly state: string
}

interface Props {
  readonly label: string
  readonly items: readonly ListItem[]
  readonly selected: string | null
  /** Under the list, where the search matches nothing. */
  readonly none?: string | undefined
  readonly children: ReactNode
}

/** A list of objects at the left, the chosen one beside it. */
export function ListDetail({ label, items, selected, none, children }: Props) {
  return (
    <div className={classes.root}>
      <nav className={classes.list} aria-label={label}>
        {items.length === 0 && none && <p className={classes.none}>{none}</p>}
        <ul>
          {items.map((item) => (
            <li key={item.id}>
              <a className={classes.item} href={item.href} aria-current={item.id === selected ? 'page' : undefined}>
                <StateDot tone={item.tone} label={item.state} />
                <span className={classes.words}>
                  <span className={classes.name}>{item.name}</span>
                  <Facts className={classes.fact} text={item.fact} />
                  {typeof item.fill === 'number' && (
                    <span className={classes.fill} aria-hidden>
                      <span data-full={item.fill > 0.9 || undefined} style={{ width: `${item.fill * 100}%` }} />
                    </span>
                  )}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className={classes.detail} tabIndex={-1}>
        {children}
      </div>
    </div>
  )
}
