// What the generated fixtures are: each file, and what `simulate` was asked for to print it.

/** The seed and time of all fixtures. */
export const FIXTURE_SEED = 7;
export const FIXTURE_NOW = '2026-09-30T14:03:00.000Z';

const STATUSES = ['enqueued', 'sent', 'delivered', 'read', 'failed', 'mismatch', 'deleted'];

const SCENARIOS = [
  'read',
  'delivered',
  'stuck-at-sent',
  'failed',
  'failed-late',
  'mismatch',
  'mismatch-failed',
  'read-without-delivered',
  'late-sent',
  'late-delivered',
  'failed-then-delivered',
  'delivered-then-failed',
  'duplicates',
  'deleted',
];

/** @type {Record<string, string[]>} */
const VARIANTS = {
  'sent.cloud': ['--provider', 'cloud'],
  'delivered.cloud': ['--provider', 'cloud'],
  'read.cloud': ['--provider', 'cloud'],
  'failed.cloud': ['--provider', 'cloud'],
  'failed.handed-on': ['--failure', '131026'],
  'sent.marketing': ['--category', 'marketing'],
  'sent.cloud-marketing': ['--provider', 'cloud', '--category', 'marketing'],
  'sent.cloud-conversation': ['--provider', 'cloud', '--variant', 'conversation'],
  'sent.2023': ['--era', '2023'],
  'read.none': ['--provider', 'none'],
  'read.no-contact': ['--contact', 'none'],
  'read.minimal-contact': ['--contact', 'minimal'],
  'sent.bsuid': ['--provider', 'cloud', '--contact', 'bsuid'],
  'read.metadata': ['--metadata', 'order=7', '--metadata', 'source=web shop'],
};

/** @type {[file: string, argv: string[]][]} */
const WHAT = [
  ...STATUSES.map(
    (status) => /** @type {[string, string[]]} */ ([`statuses/${status}.json`, ['--status', status]]),
  ),
  ...Object.entries(VARIANTS).map(
    ([name, flags]) =>
      /** @type {[string, string[]]} */ ([
        `statuses/${name}.json`,
        ['--status', String(name.split('.')[0]), ...flags],
      ]),
  ),
  ...SCENARIOS.map(
    (name) =>
      /** @type {[string, string[]]} */ ([`scenarios/${name}.ndjson`, ['--scenario', name, '--json']]),
  ),
];

/** @param {readonly string[]} argv an era that ended has a moment of its own */
const momentOf = (argv) => ['--now', argv.includes('2023') ? '2023-09-30T14:03:00.000Z' : FIXTURE_NOW];

/**
 * Every generated file below fixtures/, with the arguments that print it.
 * @type {readonly { file: string, argv: string[] }[]}
 */
export const GENERATED_FIXTURES = WHAT.map(([file, argv]) => ({
  file,
  argv: ['simulate', '--quiet', '--seed', String(FIXTURE_SEED), ...momentOf(argv), ...argv],
}));
