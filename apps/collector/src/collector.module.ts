import { type DynamicModule, Inject, Module, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Registry } from 'prom-client';
import { COLLECTOR_PORTS, type CollectorPorts } from './collector-ports';
import { registerStepEventParsers } from './feed/http/step-event-parsers';
import { ComplaintEventController } from './feed/http/complaint-event.controller';
import { HeartbeatController } from './feed/http/heartbeat.controller';
import { StepEventController } from './feed/http/step-event.controller';
import { CollectorMetrics } from './intake/collector-metrics';
import { Publisher } from './intake/publish';
import { SourceClocks } from './source-health/source-clocks';

/**
 * In: records of departments' systems, by HTTP (and files through `importFile`).
 * Out: step events and quarantine records in the event log, durable before they are acknowledged.
 * Next: the monitor's intake reads the log.
 */
@Module({})
export class CollectorModule implements NestModule {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  /** Nest calls this after the server was made and before the routes are, which is when a parser must be known. */
  configure(): void {
    const adapter = this.host.httpAdapter as ReturnType<NestFastifyApplication['getHttpAdapter']>;
    registerStepEventParsers(adapter.getInstance());
  }

  /** `registry` null: nothing is counted. The ports are opened and closed by the caller. */
  static register(options: Omit<CollectorPorts, 'metrics'> & { registry: Registry | null }): DynamicModule {
    const { registry, ...rest } = options;
    const metrics = registry === null ? null : new CollectorMetrics(registry);
    metrics?.knowSources(rest.sources.list().map((source) => source.name));
    const ports: CollectorPorts = { ...rest, metrics };
    return {
      module: CollectorModule,
      controllers: [StepEventController, HeartbeatController, ComplaintEventController],
      providers: [
        { provide: COLLECTOR_PORTS, useValue: ports },
        { provide: SourceClocks, useValue: new SourceClocks(ports.log, ports.logger) },
        { provide: Publisher, useValue: new Publisher(ports.log, ports.settings.intakeBatch, metrics) },
      ],
    };
  }
}
