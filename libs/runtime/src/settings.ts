import { z } from 'zod';

const count = (least: number, most: number) =>
  z
    .union([z.number(), z.string()])
    .transform(Number)
    .refine(
      (value) => Number.isInteger(value) && value >= least && value <= most,
      `a whole number from ${least} to ${most}`,
    );

const path = z.string().min(1);

const text = (): z.ZodDefault<z.ZodString> => z.string().default('');
/** What a monitor can do: judge the cases of its shards and sweep them; serve the page and the API. */
export const ROLES = ['judge', 'web'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Every setting of the product. The variable of `dataDir` is `MINGJIAN_DATA_DIR` (see {@link variableOf}).
 * A spec holds `.env.example` against this schema, so that neither can be forgotten.
 */
export const Settings = z.object({
  host: z.string().min(1).default('127.0.0.1').describe('Address to listen on; 0.0.0.0 means every network.'),
  port: count(0, 65_535)
    .default(8080)
    .describe('Port of the page, the API and /metrics; 0 takes any free one.'),
  dataDir: path
    .default('.data')
    .describe('Directory of all that is kept: event log, store, sources. Relative to the working directory.'),
  rulesets: path.default('rulesets/demo-city').describe('Ruleset file, or a directory of ruleset files.'),
  calendars: path.default('rulesets/calendars').describe('Directory of working-calendar files.'),
  recipients: text().describe(
    'Recipients document: who is told of lights, how and when (docs/notifications.md); empty: nobody.',
  ),
  scoreScheme: text()
    .default('rulesets/schemes/county-monthly.yaml')
    .describe(
      'Score scheme: how a month of a department becomes a score (docs/scores.md); empty: no scores.',
    ),
  feeds: text().describe(
    'Feed document, or a directory of them: what the collector reads by itself; empty: nothing.',
  ),
  logLevel: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least level of the log lines on standard error.'),
  logPartitions: count(1, 1024)
    .default(8)
    .describe('Partitions of the embedded event log; fixed when the log is created.'),
  databaseUrl: z
    .string()
    .regex(/^$|^(mysql|mariadb):\/\//, 'mariadb://user@host:port/database or mysql://…')
    .default('')
    .describe('Database server, mariadb://user@host:port/database; empty: the embedded store.'),
  databasePassword: text().describe(
    'Password for the database server; better in a file, with _FILE behind the name.',
  ),
  databaseCa: text().describe('File with the certificate authority of the database server; empty: no TLS.'),
  kafkaBrokers: z
    .string()
    .regex(/^$|^[^\s,:]+:\d+(\s*,\s*[^\s,:]+:\d+)*$/, 'host:port, or several with commas between')
    .default('')
    .describe(
      'Kafka brokers, host:port,host:port; empty: the embedded event log. More in docs/operations.md.',
    ),
  roles: z
    .string()
    .default('judge,web')
    .transform((value) => value.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(ROLES)).min(1))
    .describe('What this monitor does: judge (cases of its shards, and their sweep), web (page and API).'),
  auth: z
    .enum(['', 'local', 'demo'])
    .default('')
    .describe(
      'Who is asked to sign in: local (accounts of this site), demo (nobody; only the demonstration on this machine); empty: demo in the demonstration on this machine, else local.',
    ),
  publicUrl: z
    .string()
    .regex(/^$|^https?:\/\/[^/\s]+$/, 'an address without a path, https://mingjian.example.gov.cn')
    .default('')
    .describe('Address at which browsers reach the pages, such as that of a TLS proxy; empty: directly.'),
  trustedProxies: text().describe(
    'Addresses or networks of proxies that may say whose request they pass on, with commas between; empty: none.',
  ),
  sessionIdleMinutes: count(1, 1440)
    .default(30)
    .describe('A session ends after so long without a request, minutes.'),
  sessionHours: count(1, 168).default(12).describe('A session ends so long after signing in, hours.'),
  secondFactor: z
    .enum(['optional', 'administrators', 'everybody'])
    .default('optional')
    .describe('Who must have a second factor (TOTP): optional (nobody), administrators, everybody.'),
  oidcIssuer: z
    .string()
    .regex(
      /^$|^https:\/\/[^\s?#@]+$|^http:\/\/(localhost|127(\.\d{1,3}){3})(:\d+)?(\/[^\s?#@]*)?$/,
      'https://…, the address that the provider gives as its issuer',
    )
    .default('')
    .describe(
      'Issuer of the OpenID Connect provider by which people sign in beside local accounts (docs/security.md); empty: none.',
    ),
  oidcClientId: text().describe('Client id that the provider gave this site.'),
  oidcClientSecret: text().describe(
    'Client secret, better in a file, with _FILE behind the name; empty: a public client, by PKCE alone.',
  ),
  oidcRedirect: z
    .string()
    .regex(
      /^$|^https?:\/\/[^/\s?#@]+\/v1\/session\/oidc\/callback$/,
      'https://mingjian.example.gov.cn/v1/session/oidc/callback',
    )
    .default('')
    .describe(
      'Address that the provider sends browsers back to; empty: /v1/session/oidc/callback of MINGJIAN_PUBLIC_URL.',
    ),
  oidcRules: text().describe(
    'Sign-in document: which claims of the provider give which role, department and district (docs/security.md).',
  ),
  requestsPerMinute: count(60, 10_000_000)
    .default(3000)
    .describe(
      'Most requests to the API that one session, or one address without a session, makes in a minute.',
    ),
  sealingKeys: text().describe(
    'File with the keys of what is encrypted in the store, the same for all processes of a site; empty: sealing-keys.json in the data directory.',
  ),
  bodyLimitBytes: count(1024, 1024 ** 3)
    .default(10 * 1024 ** 2)
    .describe('Largest body that POST /v1/step-events takes, bytes.'),
  futureToleranceSeconds: count(0, 86_400)
    .default(300)
    .describe('How far the time of an event may lie ahead of its receipt (clocks differ), seconds.'),
  intakeBatch: count(1, 100_000)
    .default(1000)
    .describe('Most step events in one batch, in and out of the log.'),
  sweepBatch: count(1, 100_000).default(500).describe('Most due cases that one step of the sweep judges.'),
  sweepIntervalSeconds: count(1, 3600)
    .default(15)
    .describe('Rhythm of the sweep that makes good a lost wake-up, seconds.'),
  secondOpinionSeconds: count(0, 86_400)
    .default(10)
    .describe('How often the second judge is asked about a few cases, seconds; 0: never.'),
  auditSeconds: count(0, 86_400)
    .default(30)
    .describe('How often it is audited that nothing overdue is unlit, seconds; 0: never.'),
  ledgerKeyFile: text().describe(
    'File of the private key that signs the ledger; empty: ledger-key.pem in the data directory.',
  ),
  ledgerHash: z
    .enum(['sha256', 'sm3'])
    .default('sha256')
    .describe('Hash of the ledger, fixed when a chain is begun: sha256, or sm3 (GB/T 32905).'),
  heartbeatFile: text().describe('File that is written after each audit that passed; empty: none.'),
  heartbeatUrl: z
    .string()
    .regex(/^$|^https?:\/\//, 'an address that begins with http:// or https://')
    .default('')
    .describe('Address that is called with POST after each audit that passed; empty: none.'),
  demoSpeed: count(1, 1_000_000)
    .default(600)
    .describe('How many times faster than the wall clock the demonstration runs.'),
  demoSeed: z
    .string()
    .min(1)
    .default('mingjian')
    .describe('Seed of the simulated city; the same seed, the same city.'),
  demoCity: z
    .string()
    .min(1)
    .default('fangchenggang')
    .describe('Which simulated city: fangchenggang or handan.'),
  shutdownSeconds: count(1, 300).default(8).describe('Most time that an orderly stop may take, seconds.'),
});
export type Settings = z.infer<typeof Settings>;

export const VARIABLE_PREFIX = 'MINGJIAN_';

/** The environment variable of a setting. */
export function variableOf(setting: string): string {
  //=> variableOf('dataDir') === 'MINGJIAN_DATA_DIR'
  return VARIABLE_PREFIX + setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
