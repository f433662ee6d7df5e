import { Fragment } from 'react'

/** A path, which breaks after a slash where it does not fit in its line. What is copied out of it is the path. */
export function PathText({ path }: { readonly path: string }) {
  return (
    <span>
      {path.split('/').map((part, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <>
              {'/'}
              <wbr />
            </>
          )}
          {part}
        </Fragment>
      ))}
    </span>
  )
}
