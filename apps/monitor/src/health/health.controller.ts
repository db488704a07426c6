import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { TOPICS } from '@mingjian/contracts';
import { MONITOR_GROUP } from '../intake/step-event-intake';
import { Open } from '../identity/principal';
import { Monitor } from '../monitor';
import { STAGES } from './progress-marks';

/** Whether the process does its work. "The process is up" is no health: progress is. */
@ApiTags('health')
@Open('whether the process works: counts and durations, nothing of a case')
@Controller()
export class HealthController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get('healthz')
  @ApiOperation({ summary: '200 while work is done or none waits; 503 when records wait and nothing moves' })
  async healthz(): Promise<object> {
    const { log, settings } = this.monitor.ports;
    const judges = settings.roles.includes('judge');
    // Other monitors answer for their shards.
    const lag = judges ? await log.lag(MONITOR_GROUP, TOPICS.stepEvents) : new Map<number, number>();
    const waiting = [...lag]
      .filter(([shard]) => this.monitor.shards.has(shard))
      .reduce((sum, [, records]) => sum + records, 0);
    const stillForMs = Object.fromEntries(
      STAGES.map((stage) => [stage, this.monitor.progress.stillFor(stage)]),
    );
    const isStuck =
      this.monitor.isReady && waiting > 0 && this.monitor.progress.stillFor('intake') > settings.stuckAfterMs;
    const sweepStill = this.monitor.progress.stillFor('sweep');
    const isSweepStuck =
      judges && this.monitor.isReady && sweepStill > settings.stuckAfterMs + 4 * settings.sweepIntervalMs;
    const body = { status: isStuck || isSweepStuck ? 'stuck' : 'ok', waiting, stillForMs };
    if (isStuck || isSweepStuck) throw new ServiceUnavailableException(body);
    return body;
  }

  @Get('readyz')
  @ApiOperation({ summary: '200 when rows and rules agree and the flow runs; 503 before' })
  async readyz(): Promise<object> {
    await this.monitor.ports.store.query('SELECT 1 AS ok');
    if (!this.monitor.isReady) throw new ServiceUnavailableException({ status: 'starting' });
    return { status: 'ready' };
  }
}
