import { z } from 'zod';
import { runSchema } from './catalog';
import { updateParts } from './catalogRules';

/** What can keep an update by schedule waiting: another one at work, a plan that somebody may be looking at, a pause. */
export const scheduleObstacles = ['atWork', 'plan', 'paused'] as const;
export type ScheduleObstacle = (typeof scheduleObstacles)[number];

/** The schedule as the screen of stock and prices shows it. */
export const scheduleViewSchema = z.object({
  /** When the next one is due, not long ago while something keeps it waiting; null while the schedule is off. */
  nextAt: z.number().int().nullable(),
  /** What it writes. */
  part: z.enum(updateParts),
  waitsFor: z.enum(scheduleObstacles).nullable(),
  /** The last one that was made, as it stands now; no run where there was nothing to change. */
  last: z.object({ at: z.number().int(), run: runSchema.nullable() }).nullable(),
});
export type ScheduleView = z.infer<typeof scheduleViewSchema>;
