import { Body, Controller, HttpStatus, Inject, Post, Req, Res, SetMetadata } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ComplaintEvent, problemsOf, TOPICS } from '@mingjian/contracts';
import { OPEN } from '@mingjian/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { COLLECTOR_PORTS, type CollectorPorts } from '../../collector-ports';
import { notDurable, refusal, senderOf } from './sender';

type Schema = Extract<Parameters<typeof ApiBody>[0], { schema: unknown }>['schema'];

const COMPLAINT = z.toJSONSchema(ComplaintEvent, { target: 'openapi-3.0', io: 'input' }) as Schema;

/** 投诉: complaints of a hotline or another system. What cannot be read is refused and not kept: it may name a person. */
@ApiTags('complaint events')
@ApiSecurity('source-key')
@SetMetadata(OPEN, 'a source proves itself by its key')
@Controller('v1/complaint-events')
export class ComplaintEventController {
  constructor(@Inject(COLLECTOR_PORTS) private readonly ports: CollectorPorts) {}

  @Post()
  @ApiOperation({
    summary: 'What another system knows of a complaint so far',
    description:
      'Sent again with more in it, what is new is added at its own time. Who complained is a keyed hash that the sender makes, never a name or a number.',
  })
  @ApiBody({ schema: COMPLAINT })
  @ApiResponse({ status: 202, description: 'Durable.' })
  @ApiResponse({ status: 400, description: 'No such event; the problems are named.' })
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
  ): Promise<{ receivedat: string }> {
    const source = senderOf(request, reply, this.ports);
    const parsed = ComplaintEvent.safeParse(body);
    if (!parsed.success) throw refusal(HttpStatus.BAD_REQUEST, ...problemsOf(parsed.error, 'body', body));
    const event = parsed.data;
    for (const [field, expected, got] of [
      ['source', source.name, event.source],
      ['data.externalNo', event.subject, event.data.externalNo],
    ] as const)
      if (got !== expected)
        throw refusal(HttpStatus.BAD_REQUEST, {
          place: 'body',
          field,
          expected,
          got,
          hint: 'a key speaks for the source that it was issued for, and subject is the number of the complaint',
        });
    const receivedat = new Date(this.ports.clock.now()).toISOString();
    try {
      await this.ports.log.append(TOPICS.complaints, [
        { key: `${event.source}/${event.subject}`, value: JSON.stringify({ ...event, receivedat }) },
      ]);
    } catch (error) {
      this.ports.logger.error({ err: error }, 'A complaint could not be made durable.');
      throw notDurable(reply);
    }
    reply.status(HttpStatus.ACCEPTED);
    return { receivedat };
  }
}
