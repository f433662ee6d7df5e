import { AppError } from './error.ts'

/**
 * Why a file could not be written, from what the file system threw (errno(3)): already-exists, disk-full, folder-missing, else
 * permission-denied. params.path is the file, for folder-missing its folder. What is an AppError already stays as it is.
 */
export function fileFailure(problem: unknown, path: string): AppError {
  if (problem instanceof AppError) return problem
  const code = problem instanceof Error && 'code' in problem ? problem.code : null
  const detail = problem instanceof Error ? problem.message : String(problem)
  switch (code) {
    case 'EEXIST':
      return new AppError('already-exists', { path }, detail)
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('disk-full', { path }, detail)
    case 'ENOENT':
      return new AppError('folder-missing', { path: path.replace(/\/[^/]*$/, '') || '/' }, detail)
    default:
      return new AppError('permission-denied', { path }, detail)
  }
}
