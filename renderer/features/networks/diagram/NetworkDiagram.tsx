import { useElementSize } from '@mantine/hooks'
import { useMemo, type CSSProperties, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainSummary } from '../../../../shared/model/domain.ts'
import type { Network } from '../../../../shared/model/network.ts'
import { href, paths } from '../../../app/paths.ts'
import { StateBadge } from '../../../ui/StateBadge.tsx'
import { stateTone } from '../../machines/index.ts'
import { layoutNetwork, type Box, type Layout, type Link } from './layout.ts'
import { sceneOf, type Scene, type SceneMachine } from './scene.ts'
import { hostLines, machineLines, machineText, sentences, wayText, type WayOut } from './words.ts'
import classes from './diagram.module.css'

interface Props {
  readonly network: Network
  readonly machines: readonly DomainSummary[]
  /** The device of the host's default route, where that is known. */
  readonly defaultDevice: string | null
  /** Shows the list of machines, which has all of them. */
  readonly onMore: () => void
}

const placed = ({ x, y, width, height }: Box): CSSProperties => ({ left: x, top: y, width, height })

/** Text in a box, shortened where it does not fit; `strong` is what it is called. */
function Words({ strong, lines }: { readonly strong: string; readonly lines: readonly string[] }) {
  return (
    <>
      <bdi className={classes.name}>{strong}</bdi>
      {lines.map((line, index) => (
        <bdi key={`${index}|${line}`} className={classes.line}>
          {line}
        </bdi>
      ))}
    </>
  )
}

function Node({ box, kind, children }: { readonly box: Box; readonly kind: 'outside' | 'host' | 'hub'; readonly children: ReactNode }) {
  return (
    <div className={classes.node} data-node={kind} style={placed(box)} aria-hidden>
      {children}
    </div>
  )
}

/** A machine of the picture: a link to its page. */
function Machine({ machine, box, lines }: { readonly machine: SceneMachine; readonly box: Box; readonly lines: Layout['lines'] }) {
  const { t } = useTranslation()
  const { domain, name, running } = machine
  const text = machineText(t, machine)
  return (
    <a
      className={classes.node}
      data-node="machine"
      data-running={running || undefined}
      data-compact={lines === 'one' || undefined}
      data-tone={stateTone(domain)}
      style={placed(box)}
      href={href(paths.machine(domain.connection, domain.uuid))}
      aria-label={t('networks:diagram.machine', { name, state: text })}
      title={`${name}\n${text}`}
    >
      <Words strong={name} lines={machineLines(t, machine, lines)} />
    </a>
  )
}

/** Two strokes across the gap where there is no way. */
function Cut({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g className={classes.cut} data-link="cut">
      <circle cx={x} cy={y} r={9} />
      <path d={`M ${x - 4} ${y - 4} L ${x + 4} ${y + 4} M ${x + 4} ${y - 4} L ${x - 4} ${y + 4}`} />
    </g>
  )
}

function Lines({ layout, scene }: { readonly layout: Layout; readonly scene: Scene }) {
  const isRunning = (link: Link): boolean => link.kind !== 'machine' || (scene.machines[link.end]?.running ?? false) || link.end >= scene.drawn
  const drawn = layout.links.toSorted((a, b) => Number(isRunning(a)) - Number(isRunning(b)))
  return (
    <svg className={classes.lines} width={layout.width} height={layout.height} aria-hidden>
      {drawn.map((link) =>
        link.kind === 'cut' ? (
          <Cut key={link.between} x={link.x} y={link.y} />
        ) : (
          <path key={link.path} d={link.path} className={classes.link} data-link={link.kind} data-idle={!isRunning(link) || undefined} />
        ),
      )}
    </svg>
  )
}

function Boxes({ network, scene, layout, way, onMore }: { readonly network: Network; readonly scene: Scene; readonly layout: Layout; readonly way: WayOut; readonly onMore: () => void }) {
  const { t } = useTranslation()
  const lan = scene.shape === 'lan'
  const rest = scene.machines.length - scene.drawn
  const restBox = rest > 0 ? layout.machines[scene.drawn] : undefined
  const hubKind = network.kind === 'macvtap' ? t('networks:diagram.device') : lan ? t('networks:diagram.hostBridge') : t('networks:diagram.bridge')
  const outsideLine = lan ? [] : [scene.outside ? wayText(t, way) : t('networks:diagram.noWay')]
  return (
    <>
      <Node box={layout.outside} kind="outside">
        <Words strong={lan ? t('networks:diagram.lan') : t('networks:diagram.outside')} lines={outsideLine} />
      </Node>
      <Node box={layout.host} kind="host">
        <Words strong={t('networks:diagram.host')} lines={hostLines(t, network, scene)} />
      </Node>
      <Node box={layout.hub} kind="hub">
        <Words strong={scene.hub ?? hubKind} lines={scene.hub === null ? [] : [hubKind]} />
      </Node>
      {scene.machines.slice(0, scene.drawn).map((machine, index) => {
        const box = layout.machines[index]
        return box && <Machine key={machine.domain.uuid} machine={machine} box={box} lines={layout.lines} />
      })}
      {restBox && (
        <button
          type="button"
          className={classes.node}
          data-node="more"
          style={placed(restBox)}
          aria-label={t('networks:diagram.moreLabel', { count: scene.machines.length })}
          onClick={onMore}
        >
          {t('networks:diagram.more', { count: rest })}
        </button>
      )}
    </>
  )
}

/** The picture of a network as it is now, and under it the same in words. */
export function NetworkDiagram({ network, machines, defaultDevice, onMore }: Props) {
  const { t } = useTranslation()
  const { ref, width } = useElementSize()
  const scene = useMemo(() => sceneOf(network, machines), [network, machines])
  const nodes = scene.drawn + (scene.machines.length > scene.drawn ? 1 : 0)
  const layout = layoutNetwork({ shape: scene.shape, outside: scene.outside, host: scene.host, hostLines: hostLines(t, network, scene).length, nodes, width })
  const way: WayOut = { device: scene.device, now: defaultDevice }
  return (
    <figure className={classes.figure} data-off={!network.active || undefined} data-kind={network.kind}>
      <div ref={ref} className={classes.picture} role="group" aria-label={t('networks:diagram.title', { name: network.name })} style={{ height: layout.height }}>
        {!network.active && (
          <span className={classes.off}>
            <StateBadge tone="off" label={t('networks:inactive')} />
          </span>
        )}
        {width > 0 && <Lines layout={layout} scene={scene} />}
        {width > 0 && <Boxes network={network} scene={scene} layout={layout} way={way} onMore={onMore} />}
      </div>
      <figcaption className={classes.words}>{sentences(t, network, scene, way).join(' ')}</figcaption>
    </figure>
  )
}
