import { Anchor, Title } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { createContext, useContext, useEffect, type ReactNode } from 'react'
import classes from './page.module.css'

export type PageTool = 'search' | 'jobs' | 'new'

/** What every header carries at its right side; the shell gives them. */
export type PageTools = Readonly<Record<PageTool, ReactNode>>
export const PageToolsContext = createContext<PageTools>({ search: null, jobs: null, new: null })

interface Props {
  readonly title: string
  /** Name of the connection. */
  readonly subtitle?: string | null
  /** Link before the title. */
  readonly back?: { readonly href: string; readonly label: string }
  /** State of what the page is about. */
  readonly badge?: ReactNode
  /** Between title and tools: tabs, a choice of view. */
  readonly tabs?: ReactNode
  /** The page's own buttons, before jobs and "+". */
  readonly actions?: ReactNode
  /** The page's own "+" in the place of the common one, which makes a machine. */
  readonly create?: ReactNode
  /** Which of the common tools it has; all by default. */
  readonly tools?: readonly PageTool[]
  /** A second row under the header. */
  readonly toolbar?: ReactNode
  /** Without padding and scrolling: the page fills its place itself. */
  readonly bare?: boolean
  readonly children: ReactNode
}

const allTools: readonly PageTool[] = ['search', 'jobs', 'new']

/** A page with its header. The header wraps rather than cutting words off. */
export function Page(props: Props) {
  const { title, subtitle, back, tools = allTools } = props
  const given = useContext(PageToolsContext)
  useEffect(() => {
    document.title = [title, subtitle, 'Vivero'].filter(Boolean).join(' · ')
  }, [title, subtitle])
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div className={classes.heading}>
          {back && (
            <Anchor href={back.href} className={classes.back} underline="never">
              <IconChevronLeft size={16} aria-hidden />
              {back.label}
            </Anchor>
          )}
          <Title order={1} className={classes.title}>
            {title}
            {subtitle && <span className={classes.subtitle}>{` · ${subtitle}`}</span>}
          </Title>
          {props.badge}
        </div>
        <div className={classes.tools}>
          {tools.includes('search') && given.search}
          {props.tabs}
          {props.actions}
          {tools.includes('jobs') && given.jobs}
          {props.create ?? (tools.includes('new') && given.new)}
        </div>
      </header>
      {props.toolbar && <div className={classes.toolbar}>{props.toolbar}</div>}
      <main className={props.bare ? classes.bare : classes.body} id="main" tabIndex={-1}>
        {props.children}
      </main>
    </div>
  )
}
