import { ROLES, type Role, type Settings } from '@mingjian/runtime';
import { ACCESS_DEFAULTS, type AccessSettings } from './identity/access-settings';

/** What the monitor must be told. Durations end in their unit. */
export interface MonitorSettings {
  /** What this process does of the monitor's work. */
  roles: readonly Role[];
  /** File or folder of ruleset documents (YAML or JSON). */
  rulesets: string;
  /** File or folder of calendar documents. */
  calendars: string;
  /** Recipients document: who is told of lights; empty: nobody. */
  recipients: string;
  /** Score scheme document; empty: no scores. */
  scoreScheme: string;
  /** How often the files above are looked at for changes; 0: never. */
  rulesPollMs: number;
  /** Most records of one partition judged in one transaction. */
  intakeBatch: number;
  /** Most cases judged in one transaction of the sweep or of a re-judgement. */
  sweepBatch: number;
  /** The safety net: how often the sweep runs although no timer woke it. */
  sweepIntervalMs: number;
  /** How often the second judge is asked about a few cases; 0: never. */
  secondOpinionIntervalMs: number;
  /** Most cases that it is asked about each time. */
  secondOpinionCases: number;
  /** How often it is audited that nothing overdue is unlit; 0: never. */
  auditIntervalMs: number;
  /** How far lights may lag behind the clock before the audit complains. */
  auditGraceMs: number;
  /** Who is told of each audit that passed; empty: nobody. */
  heartbeatFile: string;
  heartbeatUrl: string;
  /** Without progress for this long while records wait, the process counts as stuck. */
  stuckAfterMs: number;
  /** How old the counts of the overview and the gauges may be although rows changed. */
  countsFreshForMs: number;
  /** Set when the daemon runs the demonstration, so that every page can say so. */
  demo: { speed: number; city: string } | null;
  /** Who has to sign in, and for how long that holds. */
  access: AccessSettings;
  /** Most requests to the API that one session, or one address without a session, makes in a minute. */
  requestsPerMinute: number;
  /** Folder of the built console served at `/`; null: none. */
  consoleDir: string | null;
}

/** Defaults for all but the two paths. */
export const MONITOR_DEFAULTS: Omit<MonitorSettings, 'rulesets' | 'calendars'> = {
  roles: ROLES,
  recipients: '',
  scoreScheme: '',
  rulesPollMs: 5_000,
  intakeBatch: 1_000,
  sweepBatch: 500,
  sweepIntervalMs: 15_000,
  secondOpinionIntervalMs: 10_000,
  secondOpinionCases: 5,
  auditIntervalMs: 30_000,
  auditGraceMs: 60_000,
  heartbeatFile: '',
  heartbeatUrl: '',
  stuckAfterMs: 60_000,
  countsFreshForMs: 1_000,
  demo: null,
  access: ACCESS_DEFAULTS,
  requestsPerMinute: 3_000,
  consoleDir: null,
};

/** The monitor's part of the product's settings. `demo` is set by whoever runs the demonstration. */
export function monitorSettingsOf(
  settings: Settings,
  demo: MonitorSettings['demo'],
  consoleDir: string | null,
  access: AccessSettings = ACCESS_DEFAULTS,
): MonitorSettings {
  return {
    ...MONITOR_DEFAULTS,
    roles: settings.roles,
    rulesets: settings.rulesets,
    calendars: settings.calendars,
    recipients: settings.recipients,
    scoreScheme: settings.scoreScheme,
    intakeBatch: settings.intakeBatch,
    sweepBatch: settings.sweepBatch,
    sweepIntervalMs: settings.sweepIntervalSeconds * 1000,
    secondOpinionIntervalMs: settings.secondOpinionSeconds * 1000,
    auditIntervalMs: settings.auditSeconds * 1000,
    // A minute of the machine, whatever the clock by which cases are judged.
    auditGraceMs: MONITOR_DEFAULTS.auditGraceMs * (demo?.speed ?? 1),
    heartbeatFile: settings.heartbeatFile,
    heartbeatUrl: settings.heartbeatUrl,
    demo,
    access,
    requestsPerMinute: settings.requestsPerMinute,
    consoleDir,
  };
}
