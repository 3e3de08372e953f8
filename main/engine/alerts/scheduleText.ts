import type { Problem } from '../../../contract/problem';
import type { ScheduleMatter } from '../catalog/scheduleHealth';
import type { Translate } from '../ports';

export interface ScheduleText {
  title: string;
  /** Why, and what to do about it; either may be blank. */
  reasons: { title: string; action: string }[];
}

/** What updates by schedule need a person for, in the person's language: for mails and notifications alike. */
export function scheduleText(matter: ScheduleMatter, t: Translate): ScheduleText {
  const count = 'count' in matter ? matter.count : 0;
  const what = t(`catalog.what.${matter.part}`);
  return { title: t(`alerts.schedule.title.${matter.kind}`, { count, what }), reasons: reasonsOf(matter, t) };
}

function reasonsOf(matter: ScheduleMatter, t: Translate): ScheduleText['reasons'] {
  const toDo = { title: '', action: t(`alerts.schedule.action.${matter.kind}`) };
  switch (matter.kind) {
    case 'stopped':
      return [
        ...matter.stops.map(({ code, params }) => ({
          title: t(`catalog.guard.${code}`, params),
          action: '',
        })),
        toDo,
      ];
    case 'failed':
    case 'held':
      return [sentences(matter.problem, t), toDo];
    default:
      return [toDo];
  }
}

const sentences = ({ code, params }: Problem, t: Translate): { title: string; action: string } => ({
  title: t(`problem.${code}.title`, params),
  action: t(`problem.${code}.action`, params),
});
