import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choice } from './choices.ts'
import classes from './diagram.module.css'

interface Props {
  readonly choice: Choice
  /** Beside the words that say the same: hidden from screen readers. */
  readonly decorative?: boolean
}

const routed = (choice: Choice): boolean => choice === 'nat' || choice === 'route' || choice === 'open'
const onLan = (choice: Choice): boolean => choice === 'bridge' || choice === 'macvtap'

function Cloud({ far }: { readonly far: boolean }) {
  return <path className={classes.outside} data-far={far || undefined} d="M38 13a4.5 4.5 0 0 1 .6-8.9A6.5 6.5 0 0 1 50.8 3a5 5 0 0 1 7 4.6A2.8 2.8 0 0 1 57.5 13z" />
}

const Host = ({ x, y }: { readonly x: number; readonly y: number }) => (
  <g className={classes.host}>
    <rect x={x - 12} y={y} width={24} height={12} rx={2} />
    <path d={`M${x - 8} ${y + 6}h6M${x + 6} ${y + 6}h2`} />
  </g>
)

const Machine = ({ x, y }: { readonly x: number; readonly y: number }) => (
  <g className={classes.machine}>
    <rect x={x - 9} y={y} width={18} height={11} rx={2} />
    <path d={`M${x - 4} ${y + 13.5}h8`} />
  </g>
)

/** The way between host and outside: one direction, both, or both as the host's own rules say. */
function WayOut({ choice }: { readonly choice: Choice }) {
  return (
    <g className={classes.way} data-dashed={choice === 'open' || undefined}>
      <path d="M48 25V15" />
      <path className={classes.head} d="M45.5 18.5 48 15l2.5 3.5" />
      {choice !== 'nat' && <path className={classes.head} d="M45.5 21.5 48 25l2.5-3.5" />}
    </g>
  )
}

/** A virtual network: its bridge with two machines, and the host on it or apart. */
function Private({ choice }: { readonly choice: Choice }) {
  const alone = choice === 'very-isolated'
  return (
    <>
      <Cloud far={!routed(choice)} />
      {routed(choice) && <WayOut choice={choice} />}
      <Host x={48} y={25} />
      {(routed(choice) || choice === 'isolated-dhcp') && <circle className={classes.dhcp} cx={60} cy={37} r={3.5} />}
      {alone ? <path className={classes.cut} d="M45 39l6 5M51 39l-6 5" /> : <path className={classes.wire} d="M48 37v9" />}
      <path className={classes.bridge} d="M14 46h68" />
      <path className={classes.wire} d="M24 46v5M72 46v5" />
      <Machine x={24} y={51} />
      <Machine x={72} y={51} />
    </>
  )
}

/** The local network, on which the host and the machines stand side by side. */
function Public({ choice }: { readonly choice: Choice }) {
  const macvtap = choice === 'macvtap'
  return (
    <>
      <Cloud far={false} />
      <path className={classes.wire} d="M48 13v15" />
      {macvtap ? <rect className={classes.card} x={42} y={22} width={12} height={8} rx={1.5} /> : <path className={classes.bridge} d="M12 28h72" />}
      {macvtap ? <path className={classes.wire} d="M48 30 17 47M48 30v17M48 30l31 17" /> : <path className={classes.wire} d="M17 28v19M48 28v19M79 28v19" />}
      <Host x={17} y={47} />
      <Machine x={48} y={47} />
      <Machine x={79} y={47} />
      {macvtap && <path className={classes.cut} d="M31 50l5 5M36 50l-5 5" />}
    </>
  )
}

/** A kind of network as a small drawing: outside on top, host, bridge, two machines. */
export function KindDiagram({ choice, decorative = false }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const named = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-labelledby': `${id}-name`, 'aria-describedby': `${id}-picture` }
  return (
    <svg className={classes.diagram} viewBox="0 -1 96 69" data-choice={choice} {...named}>
      {!decorative && (
        <>
          <title id={`${id}-name`}>{t(`new-network:choice.${choice}.name`)}</title>
          <desc id={`${id}-picture`}>{t(`new-network:choice.${choice}.picture`)}</desc>
        </>
      )}
      {onLan(choice) ? <Public choice={choice} /> : <Private choice={choice} />}
    </svg>
  )
}
