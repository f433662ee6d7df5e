import type { HandlersOf } from '../context.ts'

export const jobHandlers: HandlersOf<'job.list' | 'job.cancel' | 'job.dismiss'> = {
  'job.list': async (_input, context) => context.jobs.list(),
  'job.cancel': async ({ job }, context) => context.jobs.cancel(job),
  'job.dismiss': async ({ job }, context) => context.jobs.dismiss(job),
}
