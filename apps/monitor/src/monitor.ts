import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { TOPICS } from '@mingjian/contracts';
import { shardsOf } from '@mingjian/log';
import { CaseJudge, type Judgement } from './judge/case-judge';
import { followStore, positionsOf } from './intake/intake-position';
import { MONITOR_GROUP, StepEventIntake } from './intake/step-event-intake';
import { QuarantineKeeper } from './quarantine/quarantine-keeper';
import { ResolveMended } from './quarantine/resolve-mended';
import { SecondOpinionCheck } from './second-opinion/second-opinion-check';
import { DueSweep } from './sweep/due-sweep';
import { DueTimer } from './sweep/due-timer';
import { DailyDigest } from './audit/daily-digest';
import { DueAuditor } from './audit/due-auditor';
import { beat } from './audit/heartbeat';
import { ForensicSearch } from './forensics/forensic-search';
import { ActDesks } from './acts/act-desks';
import { ComplaintIntake } from './complaints/complaint-intake';
import { Notifier } from './notify/notifier';
import { OutboxRelay } from './outbox/outbox-relay';
import { ShardHolder } from './shard/shard-holder';
import { DraftDesk } from './drafts/draft-desk';
import { approvedInStore } from './rulebook/approved-documents';
import { RejudgeAll } from './rulebook/rejudge-all';
import { RuleBookKeeper } from './rulebook/rule-book-keeper';
import { LedgerKeeper } from './ledger/ledger-keeper';
import { LEDGER_UNSIGNED } from './ledger/ledger-settings';
import { recordRules } from './ledger/record-rules';
import { BulletinSchedule } from './reports/bulletin-schedule';
import type { BulletinPorts } from './reports/make-bulletin';
import { MonthCounter } from './reports/month-counter';
import { LightStream } from './api/light-stream';
import { departmentInfo } from './metrics/department-info';
import { LabelLists } from './metrics/label-lists';
import { OpenCaseCounts } from './metrics/open-case-counts';
import { MonitorMetrics } from './metrics/monitor-metrics';
import { HeartbeatIntake } from './source-health/heartbeat-intake';
import { SilenceRun } from './source-health/silence-run';
import { SourceWatch } from './source-health/source-watch';
import { StateGauges } from './metrics/state-gauges';
import { observeQuarantine } from './metrics/quarantine-gauge';
import { observeSourceClocks } from './metrics/source-clock-gauge';
import { observeStore } from './metrics/store-metrics';
import { ProgressMarks } from './health/progress-marks';
import type { MonitorPorts } from './monitor-ports';

/**
 * The monitor's flow, put together: log → intake → judge → rows, and time → sweep → judge → rows.
 * Framework-free, so that tests and simulations drive each stage by hand (`intake.drain`, `sweep.runOnce`).
 */
export class Monitor {
  readonly rules: RuleBookKeeper;
  readonly drafts: DraftDesk;
  readonly shards: ShardHolder;
  readonly judge: CaseJudge;
  readonly intake: StepEventIntake;
  readonly quarantine: QuarantineKeeper;
  readonly mended: ResolveMended;
  readonly sweep: DueSweep;
  readonly timer: DueTimer;
  readonly rejudge: RejudgeAll;
  readonly outbox: OutboxRelay;
  readonly notifier: Notifier;
  readonly acts: ActDesks;
  readonly secondOpinion: SecondOpinionCheck;
  readonly auditor: DueAuditor;
  readonly digest: DailyDigest;
  readonly forensics: ForensicSearch;
  readonly ledger: LedgerKeeper;
  readonly monthCounter: MonthCounter;
  readonly bulletinPorts: BulletinPorts;
  readonly bulletins: BulletinSchedule;
  readonly heartbeats: HeartbeatIntake;
  readonly complaints: ComplaintIntake;
  readonly sources: SourceWatch;
  readonly silence: SilenceRun;
  readonly counts: OpenCaseCounts;
  readonly lights: LightStream;
  readonly metrics: MonitorMetrics;
  readonly progress: ProgressMarks;
  /** Rejects when the flow could not start or a subscription gave up: the process must end then. */
  readonly failed: Promise<never>;

  private labels = new LabelLists([]);
  private ready = false;
  private stopping = false;
  /** Whether rules are in force that neither the ledger nor the rows may know yet. */
  private hasNewRules = false;
  private startFailed: (error: unknown) => void = () => undefined;
  private delayMs = 0;

  constructor(readonly ports: MonitorPorts) {
    const { store, log, clock, wall, settings, registry, logger } = ports;
    this.progress = new ProgressMarks(wall);
    this.rules = new RuleBookKeeper(settings, logger, approvedInStore(store));
    this.drafts = new DraftDesk({
      ...{ store, clock, wall, logger, rules: () => this.rules.current },
      site: { recipients: settings.recipients, scoreScheme: settings.scoreScheme },
      approved: () => {
        // Now, not at the next look; other monitors of the site look by themselves.
        Promise.all([this.followRules(), this.notifier.follow()]).catch((error: unknown) =>
          logger.error({ err: error }, 'What was approved could not be put in force yet; it is tried again.'),
        );
      },
    });
    const owner = processName();
    this.shards = new ShardHolder(store, owner, clock, logger);
    const shardOf = (caseNo: string): number => log.partitionOf(caseNo);
    this.judge = new CaseJudge(
      store,
      () => ({ book: this.rules.current.book, because: this.rejudge.supersededBecause }),
      shardOf,
      this.shards,
      () => this.notifier.isOn,
      () => this.notifier.toldFindings,
    );
    this.rejudge = new RejudgeAll(
      store,
      this.judge,
      this.shards,
      shardOf,
      () => this.rules.current,
      clock,
      logger,
      (judgement) => this.committed(judgement),
      settings.sweepBatch,
    );
    this.outbox = new OutboxRelay(store, log, this.shards, logger, settings.intakeBatch);
    this.notifier = new Notifier(
      {
        ...ports,
        shards: this.shards,
        owner,
        rules: () => this.rules.current,
        observeLag: (lagMs) => this.metrics.observeSent(lagMs),
      },
      { recipients: settings.recipients, batch: settings.sweepBatch },
    );
    this.acts = new ActDesks({
      ...ports,
      sealingKeys: settings.access.sealingKeys,
      rules: () => this.rules.current,
      shardOf,
      isTelling: () => this.notifier.isOn,
      committed: (lights = []) => {
        this.metrics.countActs(lights);
        this.lights.wake();
        this.outbox.wake();
        this.notifier.wake();
      },
    });
    this.intake = new StepEventIntake(
      log,
      this.judge,
      this.shards,
      clock,
      logger,
      (judgement, records) => {
        this.progress.mark('intake');
        // The log stamps records on the machine's clock, in the demonstration too.
        this.delayMs = this.metrics.observeRecords(records, wall.now());
        this.committed(judgement);
      },
      settings.intakeBatch,
      {
        onAssigned: (partitions) => this.assigned(partitions),
        onRevoked: (partitions) => this.shards.give(partitions),
      },
    );
    this.quarantine = new QuarantineKeeper(
      log,
      store,
      () => this.progress.mark('quarantine'),
      settings.intakeBatch,
    );
    this.mended = new ResolveMended(store, clock, logger, () => this.shards.has(0));
    observeQuarantine(store, registry);
    observeSourceClocks(store, registry);
    this.heartbeats = new HeartbeatIntake(
      log,
      store,
      logger,
      () => this.progress.mark('heartbeats'),
      settings.intakeBatch,
    );
    this.complaints = new ComplaintIntake(
      {
        log,
        store,
        clock,
        logger,
        desk: this.acts.complaints,
        observe: () => this.progress.mark('complaints'),
      },
      settings.intakeBatch,
    );
    this.sweep = new DueSweep(
      this.judge,
      this.shards,
      logger,
      (judgement) => {
        this.progress.mark('sweep');
        this.committed(judgement);
      },
      () => this.progress.mark('sweep'),
      settings.sweepBatch,
    );
    this.timer = new DueTimer(store, this.sweep, this.shards, clock, logger);
    this.secondOpinion = new SecondOpinionCheck(
      {
        store,
        clock,
        registry,
        logger,
        book: () => this.rules.current.book,
        isRejudging: () => this.rejudge.isUnderWay,
        choose: Math.random,
      },
      settings.secondOpinionCases,
    );
    this.auditor = new DueAuditor({
      ...ports,
      book: () => this.rules.current.book,
      shards: shardsOf(log),
      graceMs: settings.auditGraceMs,
      passed: () => beat({ file: settings.heartbeatFile, url: settings.heartbeatUrl }, wall.now()),
    });
    this.forensics = new ForensicSearch({
      ...{ store, clock, registry, logger },
      book: () => this.rules.current.book,
      // Whoever judges the first shard: there is always one, and never two for long.
      isOurs: () => this.shards.has(0),
      isTelling: () => this.notifier.isOn,
      found: (findings) => {
        this.metrics.countForensic(findings);
        this.notifier.wake();
      },
    });
    this.monthCounter = new MonthCounter({ store, wall, logger, isOurs: () => this.shards.has(0) });
    this.bulletinPorts = {
      ...{ store, clock, logger, scoreScheme: settings.scoreScheme },
      rules: () => this.rules.current,
    };
    this.bulletins = new BulletinSchedule({ ...this.bulletinPorts, isOurs: () => this.shards.has(0) });
    this.digest = new DailyDigest({ store, clock, registry, logger, book: () => this.rules.current.book });
    this.ledger = new LedgerKeeper({
      store,
      clock,
      registry,
      logger,
      ...(ports.ledger ?? LEDGER_UNSIGNED),
      startOfDay: (instant) => {
        const { calendar } = this.rules.current.book.newest;
        return calendar.startOfDay(calendar.dayOf(instant));
      },
    });
    this.sources = new SourceWatch(store, this.rules, clock);
    this.silence = new SilenceRun(store, this.sources, this.shards, clock, logger, () => this.notifier.isOn);
    this.counts = new OpenCaseCounts(store, wall, settings.countsFreshForMs);
    this.lights = new LightStream(store, log.isShared || store.writers > 1 ? STREAM_OVERLAP : 0);
    this.metrics = new MonitorMetrics(registry, () => this.labels);
    observeStore(store, registry);
    departmentInfo(registry, () => this.labels);
    new StateGauges(registry, {
      ...ports,
      rules: this.rules,
      sources: this.sources,
      counts: this.counts,
      progress: this.progress,
      labels: () => this.labels,
    });
    const startFailed = new Promise<never>((_, reject) => (this.startFailed = reject));
    this.failed = Promise.race([
      startFailed,
      this.intake.failed,
      this.quarantine.failed,
      this.heartbeats.failed,
      this.complaints.failed,
    ]);
    // Whoever does not ask is told by /healthz; a rejection that nobody awaits would end the process.
    this.failed.catch(() => undefined);
  }

  /** Loads the rules. @throws BadInputError with every problem: without rules there is nothing to judge by. */
  async load(): Promise<void> {
    await this.rules.load();
    await this.notifier.load();
    this.rulesChanged();
    const { log, settings } = this.ports;
    // Where no other process reads the log everything is ours.
    if (!log.isShared && settings.roles.includes('judge')) await this.shards.take(shardsOf(log));
  }

  /**
   * Starts the flow after {@link load}. Cases judged by other rules are judged again first, then what was missed while
   * the process was down is swept, then new events are taken. Never rejects: {@link failed} does.
   */
  async start(): Promise<void> {
    const { log, store, clock, logger, settings } = this.ports;
    if (!settings.roles.includes('judge')) {
      this.ready = true;
      logger.info('The monitor is ready; it judges nothing, as its roles say.');
      return;
    }
    try {
      if (!log.isShared) await followStore(log, store, MONITOR_GROUP, logger);
      await this.ledger.open();
      await recordRules(store, this.rules.current, clock.now());
      await this.rejudge.runOnce();
      await this.timer.start();
      await this.timer.sweepNow();
      // A stop may have come in between; what it stopped must not start after it.
      if (this.stopping) return;
      this.quarantine.start();
      this.heartbeats.start();
      this.complaints.start();
      this.intake.start();
      // What was written before the last stop and not sent.
      this.outbox.wake();
      this.notifier.wake();
      this.ready = true;
      this.ports.logger.info('The monitor is ready.');
    } catch (error) {
      this.ports.logger.fatal({ err: error }, 'The monitor could not start.');
      this.startFailed(error);
    }
  }

  /** Loads changed and newly approved rules and judges again where needed; what fails on the way is done at the next call. */
  async followRules(): Promise<void> {
    if (await this.rules.reloadIfChanged()) {
      this.rulesChanged();
      this.hasNewRules = this.ports.settings.roles.includes('judge');
    }
    if (!this.hasNewRules) return;
    this.hasNewRules = false;
    try {
      await recordRules(this.ports.store, this.rules.current, this.ports.clock.now());
      await this.rejudge.runOnce();
    } catch (error) {
      this.hasNewRules = true;
      throw error;
    }
  }

  /** In the order of the flow: nothing new comes in before what came in is finished. */
  async stop(): Promise<void> {
    this.ready = false;
    this.stopping = true;
    await this.intake.stop();
    await this.quarantine.stop();
    await this.heartbeats.stop();
    await this.complaints.stop();
    this.timer.stop();
    await this.sweep.stop();
    await this.acts.stop();
    await this.secondOpinion.stop();
    await this.forensics.stop();
    await this.monthCounter.stop();
    await this.bulletins.stop();
    await this.silence.stop();
    await this.drafts.impacts.stop();
    await this.rejudge.stop();
    await this.outbox.stop();
    await this.notifier.stop();
    this.lights.stop();
  }

  /** Whether rows and rules agree and the flow is running. */
  get isReady(): boolean {
    return this.ready;
  }

  /** How long the slowest record of the latest batch took from the log to its commit, milliseconds. */
  get dataDelayMs(): number {
    return this.delayMs;
  }

  /**
   * Shards that this process judges from now on. It takes them from the former holder before it reads a record, then
   * makes up for what their rows may be behind: other rules, due instants that passed in between.
   */
  private async assigned(partitions: readonly number[]): Promise<ReadonlyMap<number, number>> {
    await this.shards.take(partitions);
    void this.rejudge
      .runOnce()
      .then(() => this.timer.sweepNow())
      .then(() => {
        this.outbox.wake();
        this.notifier.wake();
      })
      .catch((error: unknown) => this.startFailed(error));
    return positionsOf(this.ports.store, TOPICS.stepEvents, partitions);
  }

  private committed(judgement: Judgement): void {
    this.metrics.count(judgement);
    this.timer.notice(judgement.nextChangeAt);
    if (judgement.written > 0) this.counts.changed();
    if (judgement.changes.length > 0) this.lights.wake();
    if (judgement.messages > 0) this.outbox.wake();
    if (judgement.notices > 0) this.notifier.wake();
  }

  private rulesChanged(): void {
    this.labels = new LabelLists(this.rules.current.rulesets);
    this.metrics.presetSeries();
  }
}

/** Far more ids than are handed out while a transaction is under way. */
const STREAM_OVERLAP = 2_000;

/** Tells apart the monitors of a site, and the runs of one: host, process, and a word of chance. */
function processName(): string {
  return `${hostname()}/${process.pid}/${randomBytes(3).toString('hex')}`;
}
