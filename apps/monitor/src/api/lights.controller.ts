import { Controller, Get, Inject, Query, Req, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeLightChange } from '@mingjian/store';
import { Monitor } from '../monitor';
import { newestFirst } from './newest-first';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';
import { LightsQuery, StreamQuery } from './query-schemas';
import { sendLightChanges } from './send-light-changes';

/** Listeners at once; each holds a connection. */
const MOST_LISTENERS = 500;

/** Light changes: the past, newest first, and the present, as it happens. */
@ApiTags('lights')
@Controller('v1/lights')
export class LightsController {
  private listeners = 0;

  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Light changes, newest first; superseded ones carry the reason' })
  async list(@Query(ProblemPipe) query: LightsQuery): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const rows = await newestFirst(
      store,
      'light_change',
      [
        ['id < ?', query.before],
        ['department = ?', query.department],
        ['to_light = ?', query.to],
      ],
      query.limit,
    );
    const now = clock.now();
    const present = new Presenter(this.monitor.rules.current, now);
    const changes = rows
      .map(decodeLightChange)
      // Rows are written in order of detection: what lies before `since` lies behind the last wanted row.
      .filter((change) => query.since === undefined || change.detectedAt >= query.since);
    const last = changes[changes.length - 1];
    return {
      now: present.time(now),
      lights: changes.map((change) => present.lightChange(change)),
      next: changes.length === query.limit && last !== undefined ? last.id : null,
    };
  }

  @Get('stream')
  @ApiOperation({
    summary: 'Light changes as they happen (server-sent events); the event id is the light change id',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Go on after this light change' })
  @ApiProduces('text/event-stream')
  async stream(
    @Query(ProblemPipe) query: StreamQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (this.listeners >= MOST_LISTENERS)
      throw new ServiceUnavailableException(`${MOST_LISTENERS} listeners are connected already`);
    const header = request.headers['last-event-id'];
    const after =
      typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : (query.after ?? null);
    this.listeners++;
    try {
      const { clock } = this.monitor.ports;
      await sendLightChanges(reply, this.monitor.lights, after, (change) =>
        new Presenter(this.monitor.rules.current, clock.now()).lightChange(change),
      );
    } finally {
      this.listeners--;
    }
  }
}
