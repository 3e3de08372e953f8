import type { ScheduleView } from '../../contract/catalogSchedule';
import { failed, ok, problem, type Result } from '../../contract/problem';
import type { CatalogOrg, RunBook } from '../engine/catalog/ports';
import type { Scheduler } from '../engine/catalog/scheduler';
import type { Updates } from '../engine/catalog/updates';
import type { Connections } from '../settings/connections';
import type { CatalogWayChoice } from './catalogWay';
import type { Handlers } from './handlers';

export interface CatalogDesk {
  updates: Updates;
  scheduler: Scheduler;
  runs: RunBook;
  org: CatalogOrg;
}

export interface CatalogHandlerDeps {
  /** Null before there is an org, or before a mode has been chosen. */
  catalog: () => CatalogDesk | null;
  way: CatalogWayChoice;
  connections: () => Connections | null;
}

type Names = Extract<keyof Handlers, `catalog.${string}`>;

const noSchedule: ScheduleView = { nextAt: null, part: 'both', waitsFor: null, last: null };

const closed = () => failed(problem('settings.incomplete'));

export function catalogHandlers({ catalog, way, connections }: CatalogHandlerDeps): Pick<Handlers, Names> {
  async function onDesk<T>(work: (desk: CatalogDesk) => Promise<Result<T>>): Promise<Result<T>> {
    const desk = catalog();
    return desk === null ? closed() : work(desk);
  }

  return {
    'catalog.get': async () => {
      const settings = await connections()?.view();
      return ok({
        run: catalog()?.updates.current() ?? null,
        available: catalog() !== null,
        way: way.get(),
        hasApi: way.hasApi(),
        warehouse: settings?.org.warehouse ?? '',
        companies: settings?.org.companies ?? [],
        schedule: (await catalog()?.scheduler.view()) ?? noSchedule,
      });
    },
    'catalog.setWay': (chosen) => ok(way.set(chosen)),
    'catalog.choices': () => onDesk(({ org }) => org.choices(new AbortController().signal)),
    'catalog.start': ({ choice, applyAtOnce }) =>
      onDesk(({ updates }) => updates.begin(choice, { applyAtOnce, trigger: 'person' })),
    'catalog.agree': ({ id }) => onDesk(({ updates }) => updates.agree(id)),
    'catalog.pause': ({ id }) => onDesk(({ updates }) => updates.pause(id)),
    'catalog.resume': ({ id }) => onDesk(({ updates }) => updates.resume(id)),
    'catalog.cancel': ({ id }) => onDesk(({ updates }) => updates.cancel(id)),
    'catalog.undo': ({ id }) => onDesk(({ updates }) => updates.undo(id)),
    'catalog.retry': ({ id }) => onDesk(({ updates }) => updates.retry(id)),
    'catalog.run': ({ id }) =>
      onDesk(async ({ runs }) => {
        const run = await runs.get(id);
        return run === null ? failed(problem('app.notFound')) : ok(run);
      }),
    'catalog.runs': ({ offset, limit }) => onDesk(async ({ runs }) => ok(await runs.list(offset, limit))),
    'catalog.rows': ({ id, ...query }) => onDesk(async ({ runs }) => ok(await runs.rows(id, query))),
  };
}
