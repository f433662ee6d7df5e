import type { HandlersOf } from '../context.ts'

export const jobHandlers: HandlersOf<'job.list' | 'job.cancel' | 'job.pause' | 'job.resume' | 'job.take-back' | 'job.dismiss'> = {
  'job.list': async (_input, context) => context.jobs.list(),
  'job.cancel': async ({ job }, context) => context.jobs.cancel(job),
  'job.pause': async ({ job }, context) => context.jobs.pause(job),
  'job.resume': async ({ job }, context) => context.jobs.resume(job),
  'job.take-back': async ({ job }, context) => context.interrupted.takeBack(job),
  'job.dismiss': async ({ job }, context) => {
    context.jobs.dismiss(job)
    await context.interrupted.dismissed(job)
  },
}
