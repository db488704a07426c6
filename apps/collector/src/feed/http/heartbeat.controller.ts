import { Body, Controller, HttpStatus, Inject, Post, Req, Res, SetMetadata } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { problemsOf, SourceHeartbeat, TOPICS } from '@mingjian/contracts';
import { OPEN } from '@mingjian/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { COLLECTOR_PORTS, type CollectorPorts } from '../../collector-ports';
import { notDurable, refusal, senderOf } from './sender';

type Schema = Extract<Parameters<typeof ApiBody>[0], { schema: unknown }>['schema'];

const HEARTBEAT = z.toJSONSchema(SourceHeartbeat, { target: 'openapi-3.0', io: 'input' }) as Schema;

/** What a source is told about its heartbeat. */
export interface HeartbeatAnswer {
  /** When it was received, by our clock; RFC 3339. */
  receivedat: string;
  /** What the clock of the source is ahead of ours, the way here counted in, milliseconds. */
  clockOffsetMs: number;
}

/** 心跳. A heartbeat that cannot be read is refused and not kept: it carries no fact of any case. */
@ApiTags('step events')
@ApiSecurity('source-key')
@SetMetadata(OPEN, 'a source proves itself by its key')
@Controller('v1/heartbeats')
export class HeartbeatController {
  constructor(@Inject(COLLECTOR_PORTS) private readonly ports: CollectorPorts) {}

  @Post()
  @ApiOperation({
    summary: 'A sign of life of a source, and how many events it has sent',
    description:
      'Sent by a source as often as it likes, every few minutes in opening hours: silence is then told from a quiet day. `data.sent` reconciles, date by date, what was sent with what arrived.',
  })
  @ApiBody({ schema: HEARTBEAT })
  @ApiResponse({ status: 202, description: 'Durable. The answer tells the offset of the clocks.' })
  @ApiResponse({ status: 400, description: 'No heartbeat; the problems are named.' })
  @ApiResponse({ status: 401, description: 'No key, or a key that was issued to nobody.' })
  @ApiResponse({
    status: 403,
    description: 'The approved register does not name the source; nothing was taken.',
  })
  @ApiResponse({ status: 503, description: 'Not durable now; send the same again later.' })
  async receive(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HeartbeatAnswer> {
    const receivedAt = this.ports.clock.now();
    const source = senderOf(request, reply, this.ports);
    const parsed = SourceHeartbeat.safeParse(body);
    if (!parsed.success) throw refusal(HttpStatus.BAD_REQUEST, ...problemsOf(parsed.error, 'body', body));
    if (parsed.data.source !== source.name)
      throw refusal(HttpStatus.BAD_REQUEST, {
        place: 'body',
        field: 'source',
        expected: source.name,
        got: parsed.data.source,
        hint: 'a key may speak for the source only that it was issued for',
      });
    const receivedat = new Date(receivedAt).toISOString();
    // The department is the one that the key was issued for, whatever the sender says.
    const data = { ...parsed.data.data, department: source.department };
    try {
      await this.ports.log.append(TOPICS.sourceHeartbeats, [
        { key: source.name, value: JSON.stringify({ ...parsed.data, receivedat, data }) },
      ]);
    } catch (error) {
      this.ports.logger.error({ err: error }, 'A heartbeat could not be made durable.');
      throw notDurable(reply);
    }
    reply.status(HttpStatus.ACCEPTED);
    return { receivedat, clockOffsetMs: Date.parse(parsed.data.time) - receivedAt };
  }
}
