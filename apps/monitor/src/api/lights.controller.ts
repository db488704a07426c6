import { Controller, Get, Inject, Query, Req, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { decodeLightChange, type RowScope } from '@mingjian/store';
import { Identity } from '../identity/identity';
import { Allow, Within } from '../identity/principal';
import type { IdentifiedRequest } from '../identity/request-identity';
import { Monitor } from '../monitor';
import { newestFirst } from './newest-first';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';
import { LightsQuery, StreamQuery } from './query-schemas';
import { sendLightChanges } from './send-light-changes';

/** Listeners at once; each holds a connection. */
const MOST_LISTENERS = 500;
/** How often it is looked whether the session of a listener is still open. */
const ASK_AGAIN_MS = 10_000;

/** Light changes: the past, newest first, and the present, as it happens. */
@ApiTags('lights')
@Allow('inspector', 'department-head', 'post', 'administrator', 'auditor')
@Controller('v1/lights')
export class LightsController {
  private listeners = 0;

  constructor(
    @Inject(Monitor) private readonly monitor: Monitor,
    @Inject(Identity) private readonly identity: Identity,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Light changes, newest first; superseded ones carry the reason' })
  async list(@Query(ProblemPipe) query: LightsQuery, @Within() scope: RowScope): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const rows = await newestFirst(
      store,
      scope,
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
    @Req() request: IdentifiedRequest,
    @Res() reply: FastifyReply,
    @Within() scope: RowScope,
  ): Promise<void> {
    if (this.listeners >= MOST_LISTENERS)
      throw new ServiceUnavailableException(`${MOST_LISTENERS} listeners are connected already`);
    const header = request.headers['last-event-id'];
    const after =
      typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : (query.after ?? null);
    this.listeners++;
    try {
      const { clock } = this.monitor.ports;
      await sendLightChanges(reply, this.monitor.lights, {
        after,
        scope,
        present: (change) => new Presenter(this.monitor.rules.current, clock.now()).lightChange(change),
        mayGoOn: this.stillSignedIn(request),
      });
    } finally {
      this.listeners--;
    }
  }

  /** Whether whoever listens still may: a session that ended somewhere else ends here too, a little later. */
  private stillSignedIn({ signedIn }: IdentifiedRequest): () => Promise<boolean> {
    if (signedIn === undefined) return async () => true;
    const { wall } = this.monitor.ports;
    let askedAt = wall.now();
    return async () => {
      if (wall.now() - askedAt < ASK_AGAIN_MS) return true;
      askedAt = wall.now();
      return this.identity.sessions.isOpen(signedIn.session.tokenHash);
    };
  }
}
