/**
 * The one-way import law: contracts ← rules ← (mapping, log, runtime, store, simulator) ← apps; ledger below store.
 * Each rule says why it is there; `npm run arch` checks them on the resolved graph.
 */
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: '\\.spec\\.ts$|/testing/' },
  to: { path: '^(apps|libs)/', pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle has no order to read it in.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A module nobody imports is dead.',
      from: {
        orphan: true,
        pathNot: '(\\.spec\\.ts|\\.d\\.ts|tsconfig.*\\.json)$|/main\\.ts$|/scenarios/',
      },
      to: {},
    },
    only(
      'contracts-stand-alone',
      '^libs/contracts/',
      '^libs/contracts/',
      'Contracts know nobody: every process shares them.',
    ),
    only('rules-are-pure', '^libs/rules/', '^libs/(rules|contracts)/', 'Verdicts depend on data alone.'),
    {
      name: 'rules-touch-no-platform',
      severity: 'error',
      comment: 'No framework, no I/O in libs/rules: a verdict must be repeatable anywhere.',
      from: { path: '^libs/rules/', pathNot: '\\.spec\\.ts$|/testing/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    },
    {
      name: 'second-opinion-shares-nothing',
      severity: 'error',
      comment:
        'Two judges that share code share its errors: the second takes contracts and the type of a verdict.',
      from: { path: '^libs/rules/src/second-opinion/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|libs)/', pathNot: '^libs/(contracts/|rules/src/(second-opinion/|verdict\\.ts$))' },
    },
    only(
      'mapping-stands-beside',
      '^libs/mapping/',
      '^libs/(mapping|rules|runtime|contracts)/',
      'Mapping turns records into events; it keeps and publishes nothing, so that a draft can be tried anywhere.',
    ),
    only(
      'log-stands-beside',
      '^libs/log/',
      '^libs/(log|runtime|contracts)/',
      'The log moves bytes; it judges nothing.',
    ),
    only(
      'runtime-stands-beside',
      '^libs/runtime/',
      '^libs/(runtime|contracts)/',
      'Clock, settings, logger: below everything.',
    ),
    only(
      'store-knows-rules',
      '^libs/store/',
      '^libs/(store|ledger|rules|contracts|runtime)/',
      'Rows carry what the rules fold.',
    ),
    only(
      'ledger-stands-alone',
      '^libs/ledger/',
      '^libs/ledger/',
      'An outsider verifies with this folder alone.',
    ),
    only(
      'simulator-is-pure',
      '^libs/simulator/',
      '^libs/(simulator|rules|contracts)/',
      'The simulated city is a function of its seed.',
    ),
    only('collector-is-alone', '^apps/collector/', '^(apps/collector|libs)/', 'Apps never import apps.'),
    only(
      'monitor-is-alone',
      '^apps/monitor/',
      '^(apps/monitor|libs)/',
      'Apps never import apps; apps/mingjian alone puts them together.',
    ),
    only(
      'console-knows-the-api',
      '^apps/console/',
      '^apps/console/',
      'The console knows the API and nothing behind it.',
    ),
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      comment: 'Builders and conformance suites are not product code.',
      from: { pathNot: '\\.spec\\.ts$|/testing/|^test/' },
      to: { path: '/testing/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/|tsconfig\\..*json$' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
