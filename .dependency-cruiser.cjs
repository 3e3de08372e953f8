/** The arrows of docs/architecture.md: renderer -> contract <- ipc -> engine <- adapters. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [...allowed, '^node_modules'], dependencyTypesNot: ['core'] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two modules that need each other are one module in two files.',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'What is imported must be there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependency-in-the-program',
      comment: 'What ships must not need what does not ship. The renderer is bundled whole.',
      severity: 'error',
      from: { path: '^(contract|main|sandbox)/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/electron/',
      },
    },
    only('contract-stands-alone', '^contract/', ['^contract/'], 'The contract knows neither side.'),
    only(
      'renderer-knows-the-contract',
      '^renderer/',
      ['^renderer/', '^contract/'],
      'The window talks to main by the contract alone.',
    ),
    only('preload-knows-the-contract', '^preload/', ['^preload/', '^contract/'], 'The bridge is narrow.'),
    only(
      'engine-knows-its-ports',
      '^main/engine/',
      ['^main/engine/', '^contract/'],
      'The engine names its needs; others serve them.',
    ),
    {
      name: 'engine-is-plain-typescript',
      comment: 'No Electron, no HTTP, no SQL, no files in the engine.',
      severity: 'error',
      from: { path: '^main/engine/' },
      to: {
        path: '.',
        pathNot: ['^main/engine/', '^contract/', 'node_modules/(big\\.js|zod|@types/big\\.js)/'],
      },
    },
    only(
      'storage-serves-the-engine',
      '^main/storage/',
      ['^main/storage/', '^main/engine/', '^contract/'],
      'An adapter knows the engine, not its siblings.',
    ),
    only(
      'salesforce-serves-the-engine',
      '^main/salesforce/',
      ['^main/salesforce/', '^main/net/', '^main/engine/', '^contract/'],
      'An adapter knows the engine, not its siblings.',
    ),
    only(
      'store-serves-the-engine',
      '^main/ventasxmayor/',
      ['^main/ventasxmayor/', '^main/net/', '^main/engine/', '^contract/'],
      'An adapter knows the engine, not its siblings.',
    ),
    only(
      'net-knows-the-contract',
      '^main/net/',
      ['^main/net/', '^contract/'],
      'Plain HTTP, shared by both sides.',
    ),
    only(
      'settings-know-the-contract',
      '^main/settings/',
      ['^main/settings/', '^contract/'],
      'Settings and secrets serve; they do not ask.',
    ),
    only(
      'ipc-calls-the-engine',
      '^main/ipc/',
      ['^main/ipc/', '^main/engine/', '^main/settings/connections', '^contract/'],
      'Handlers validate, call the engine, answer.',
    ),
    only(
      'shell-is-electron',
      '^main/shell/',
      ['^main/shell/', '^main/engine/ports', '^contract/'],
      'The shell knows Electron and nothing of the business.',
    ),
    only(
      'sandbox-stands-alone',
      '^sandbox/',
      ['^sandbox/', '^contract/'],
      'The sandbox must not share code with what it proves.',
    ),
    {
      name: 'electron-in-the-shell-only',
      comment: 'Whatever else imports Electron cannot run headless.',
      severity: 'error',
      from: { pathNot: ['^main/shell/', '^main/ipc/register', '^main/index', '^preload/'] },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'sandbox-only-in-the-demo',
      comment: 'Real use never touches the sandbox.',
      severity: 'error',
      from: { path: '^main/', pathNot: ['^main/modes/demo'] },
      to: { path: '^sandbox/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
