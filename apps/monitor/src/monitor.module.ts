import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { AppealsController } from './api/appeals.controller';
import { BulletinsController } from './api/bulletins.controller';
import { CardsController } from './api/cards.controller';
import { CasesController } from './api/cases.controller';
import { ComplaintsController } from './api/complaints.controller';
import { RatingAppealsController } from './api/rating-appeals.controller';
import { RatingsController } from './api/ratings.controller';
import { DraftFilesController } from './api/draft-files.controller';
import { DraftsController } from './api/drafts.controller';
import { FindingsController } from './api/findings.controller';
import { ForensicsController } from './api/forensics.controller';
import { HandoversController } from './api/handovers.controller';
import { LedgerController } from './api/ledger.controller';
import { LightsController } from './api/lights.controller';
import { MappingsController } from './api/mappings.controller';
import { NotificationsController } from './api/notifications.controller';
import { OrdersController } from './api/orders.controller';
import { OverviewController } from './api/overview.controller';
import { QuarantineController } from './api/quarantine.controller';
import { ReportsController } from './api/reports.controller';
import { RuleVersionsController } from './api/rule-versions.controller';
import { RulesController } from './api/rules.controller';
import { SourceRegisterController } from './api/source-register.controller';
import { SourcesController } from './api/sources.controller';
import { StatisticsController } from './api/statistics.controller';
import { WhatIfController } from './api/what-if.controller';
import { HealthController } from './health/health.controller';
import { AccessGuard } from './identity/access-guard';
import { AccountController } from './identity/account.controller';
import { EndpointsDecided } from './identity/endpoints-decided';
import { Identity } from './identity/identity';
import { OidcController } from './identity/oidc/oidc.controller';
import { OidcSignOutController } from './identity/oidc/oidc-sign-out.controller';
import { PersonalDataController } from './identity/personal-data/personal-data.controller';
import { SessionController } from './identity/session.controller';
import { UsersController } from './identity/users.controller';
import { MetricsController } from './metrics/metrics.controller';
import { Monitor } from './monitor';
import type { MonitorPorts } from './monitor-ports';

/** How often it is looked for what may be sent now: ends of quiet hours, pauses of channels, acknowledgements. */
const NOTIFY_INTERVAL_MS = 2_000;
/** How often sessions and failed attempts that are over are removed. */
const TIDY_INTERVAL_MS = 3_600_000;
/** How often it is looked whether a day has passed. */
const DIGEST_INTERVAL_MS = 10 * 60_000;
/** How often it is looked whether the times of a new day are to be examined; it reads one row. */
const FORENSICS_INTERVAL_MS = 5 * 60_000;
/** How often it is looked whether the root of the ledger of a day is to be signed. */
const LEDGER_INTERVAL_MS = 60_000;
/** How often it is looked whether cases of a month changed; it reads two small tables. */
const COUNT_INTERVAL_MS = 10_000;

/** How often it is looked whether a source fell silent or came back; a demonstration's clock runs faster. */
const SILENCE_INTERVAL_MS = 30_000;

/** How soon a record in quarantine that came again, mended, is marked so. */
const MENDED_INTERVAL_MS = 60_000;

/** Served by processes with the role `web`; health and metrics are served by all. */
const PAGES = [
  OverviewController,
  LightsController,
  CasesController,
  FindingsController,
  OrdersController,
  AppealsController,
  CardsController,
  ComplaintsController,
  RatingsController,
  RatingAppealsController,
  ForensicsController,
  NotificationsController,
  LedgerController,
  HandoversController,
  QuarantineController,
  SourcesController,
  SourceRegisterController,
  RulesController,
  WhatIfController,
  DraftsController,
  DraftFilesController,
  MappingsController,
  RuleVersionsController,
  StatisticsController,
  ReportsController,
  BulletinsController,
  PersonalDataController,
  SessionController,
  OidcController,
  OidcSignOutController,
  AccountController,
  UsersController,
];

/**
 * In: step events and quarantine records from the log, and time. Out: rows in the store, metrics, the HTTP API.
 * Next: whoever reads the API; notifications and orders in later parts.
 */
@Module({})
export class MonitorModule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly intervals: string[] = [];

  constructor(
    @Inject(Monitor) private readonly monitor: Monitor,
    @Inject(SchedulerRegistry) private readonly schedule: SchedulerRegistry,
    @Inject(Identity) private readonly identity: Identity,
  ) {}

  /**
   * Puts the monitor together. The flow starts when the application does and stops when it closes; store and log are
   * closed by whoever opened them, after the application.
   */
  static register(ports: MonitorPorts): DynamicModule {
    return {
      module: MonitorModule,
      imports: [ScheduleModule.forRoot(), DiscoveryModule],
      controllers: [
        ...(ports.settings.roles.includes('web') ? PAGES : []),
        HealthController,
        MetricsController,
      ],
      providers: [
        { provide: Monitor, useFactory: () => new Monitor(ports) },
        {
          provide: Identity,
          // Sessions and passwords age by the machine's clock, also in the demonstration.
          useFactory: () =>
            new Identity({
              store: ports.store,
              clock: ports.wall,
              logger: ports.logger,
              settings: ports.settings.access,
            }),
        },
        EndpointsDecided,
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: [Monitor, Identity],
    };
  }

  /** Bad rules end the start with every problem; the flow itself starts beside HTTP, and `/readyz` tells when it has. */
  async onApplicationBootstrap(): Promise<void> {
    const { settings } = this.monitor.ports;
    await this.monitor.load();
    void this.monitor.start();
    this.every('identity', TIDY_INTERVAL_MS, () => this.identity.tidy());
    if (!settings.roles.includes('judge')) {
      this.every('rules', settings.rulesPollMs, () => this.monitor.followRules());
      return;
    }
    this.every('sweep', settings.sweepIntervalMs, () => this.monitor.timer.sweepNow());
    this.every('acts', settings.sweepIntervalMs, async () => {
      await this.monitor.acts.sweep.runOnce();
    });
    this.every('second-opinion', settings.secondOpinionIntervalMs, async () => {
      await this.monitor.secondOpinion.runOnce();
    });
    this.every('audit', settings.auditIntervalMs, async () => {
      await this.monitor.auditor.runOnce();
    });
    this.every('silence', SILENCE_INTERVAL_MS, async () => {
      if ((await this.monitor.silence.runOnce()) > 0) this.monitor.notifier.wake();
    });
    this.every('mended', MENDED_INTERVAL_MS, async () => {
      await this.monitor.mended.runOnce();
    });
    this.every('forensics', FORENSICS_INTERVAL_MS, async () => {
      await this.monitor.forensics.runOnce();
    });
    this.every('count-months', COUNT_INTERVAL_MS, async () => {
      await this.monitor.monthCounter.runOnce();
    });
    this.every('bulletins', COUNT_INTERVAL_MS, async () => {
      await this.monitor.bulletins.runOnce();
    });
    this.every('digest', DIGEST_INTERVAL_MS, async () => {
      await this.monitor.digest.runOnce();
    });
    this.every('ledger', LEDGER_INTERVAL_MS, async () => {
      await this.monitor.ledger.runOnce();
    });
    this.every('rules', settings.rulesPollMs, () => this.monitor.followRules());
    this.every('recipients', settings.rulesPollMs, () => this.monitor.notifier.follow());
    this.every('notify', NOTIFY_INTERVAL_MS, () => {
      this.monitor.notifier.wake();
      return Promise.resolve();
    });
  }

  async onModuleDestroy(): Promise<void> {
    for (const name of this.intervals) this.schedule.deleteInterval(name);
    await this.monitor.stop();
  }

  private every(name: string, intervalMs: number, run: () => Promise<void>): void {
    if (intervalMs <= 0) return;
    let isRunning = false;
    const interval = setInterval(() => {
      // A run that takes longer than the interval is not joined by a second one.
      if (isRunning || !this.monitor.isReady) return;
      isRunning = true;
      run()
        .catch((error: unknown) =>
          this.monitor.ports.logger.error({ err: error, name }, 'A periodic run failed.'),
        )
        .finally(() => (isRunning = false));
    }, intervalMs);
    this.schedule.addInterval(`monitor-${name}`, interval);
    this.intervals.push(`monitor-${name}`);
  }
}
