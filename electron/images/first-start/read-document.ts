import { readFile, stat } from 'node:fs/promises'
import { AppError } from '../../../shared/model/error.ts'

/** A document of more bytes is none that somebody wrote. */
const MOST_BYTES = 1_048_576

/** The text of a file. Errors: file-missing, file-unreadable, file-wrong-kind (no file, or no text), too-large. */
export async function readDocument(path: string): Promise<string> {
  const facts = await stat(path).catch((problem: unknown) => Promise.reject(failure(problem, path)))
  if (!facts.isFile()) throw new AppError('file-wrong-kind', { path })
  if (facts.size > MOST_BYTES) throw new AppError('too-large', { path })
  const bytes = await readFile(path).catch((problem: unknown) => Promise.reject(failure(problem, path)))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new AppError('file-wrong-kind', { path })
  }
}

function failure(problem: unknown, path: string): AppError {
  const missing = problem instanceof Error && 'code' in problem && (problem.code === 'ENOENT' || problem.code === 'ENOTDIR')
  return new AppError(missing ? 'file-missing' : 'file-unreadable', { path }, problem instanceof Error ? problem.message : null)
}
