import type { Mode } from '../../contract/settings';
import type { Link, StateCounts, Status } from '../../contract/status';
import type { ScheduleHealth } from '../engine/catalog/scheduleHealth';
import type { Connections, MailConnections } from '../settings/connections';
import type { Keychain } from '../settings/keychain';
import type { SettingsStore } from '../settings/settingsStore';
import { forgetDemo, startDemo } from './demo';
import { startLive } from './live';
import { createOrgVault } from './orgVault';
import type { BrowserDeps, CatalogRulesKeeper, ModeDeps, RulesKeeper, Runtime } from './runtime';

export interface ModesDeps extends ModeDeps, BrowserDeps {
  settings: SettingsStore;
  keychain: Keychain;
  /** The demo was asked for on the command line: it leaves the saved mode alone. */
  forcedDemo: boolean;
}

/** Runs one mode of the program at a time: the customer's own connections, or the sample data. */
export function createModes(deps: ModesDeps) {
  const vault = createOrgVault({ org: () => deps.settings.get().org, keychain: deps.keychain });
  let mode: Mode = deps.forcedDemo ? 'demo' : deps.settings.get().mode;
  let runtime: Runtime | null = null;
  let changing: Promise<void> = Promise.resolve();

  /** One change after the other, whoever asks. */
  function change(work: () => Promise<void>): Promise<void> {
    changing = changing.catch(() => undefined).then(work);
    return changing;
  }

  async function build(): Promise<void> {
    const old = runtime;
    runtime = null;
    await old?.stop();
    if (mode === 'demo') runtime = await startDemo(deps);
    if (mode === 'live') runtime = await startLive({ ...deps, vault, restart });
    deps.announcer.linkChanged('org', links().org);
    deps.announcer.ordersChanged([]);
  }

  const restart = () => change(build);

  function links(): { store: Link; org: Link } {
    return runtime?.bridge?.links() ?? { store: { state: 'off' }, org: { state: 'off' } };
  }

  return {
    start: restart,
    restart,
    links,
    mode: () => mode,
    bridge: () => runtime?.bridge ?? null,
    org: () => runtime?.org ?? null,
    demo: () => runtime?.demo ?? null,
    rules: (): RulesKeeper | null => runtime?.rules ?? null,
    catalogRules: (): CatalogRulesKeeper | null => runtime?.catalogRules ?? null,
    connections: (): Connections | null => runtime?.connections ?? null,
    mail: (): MailConnections | null => runtime?.mail ?? null,
    counts: (): StateCounts | null => runtime?.bridge?.counts() ?? null,
    schedule: () => scheduleStatus(runtime?.bridge?.scheduleHealth() ?? { state: 'well' }),
    changed: (): number => runtime?.bridge?.book.changed() ?? 0,
    setMode: (next: Mode) =>
      change(async () => {
        const leavingDemo = mode === 'demo' && next !== 'demo';
        mode = next;
        deps.settings.setMode(next);
        await build();
        if (leavingDemo) forgetDemo(deps.folder);
      }),
    stop: () =>
      change(async () => {
        const old = runtime;
        runtime = null;
        await old?.stop();
      }),
  };
}

function scheduleStatus(health: ScheduleHealth): Status['schedule'] {
  if (health.state !== 'needsPerson') return 'well';
  return health.matter.kind === 'planned' ? 'plan' : 'trouble';
}

export type Modes = ReturnType<typeof createModes>;
