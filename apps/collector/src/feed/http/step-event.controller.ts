import type { Readable } from 'node:stream';
import {
  Controller,
  HttpStatus,
  type HttpException,
  Inject,
  Post,
  Req,
  Res,
  SetMetadata,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { Problem } from '@mingjian/contracts';
import { OPEN } from '@mingjian/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { COLLECTOR_PORTS, type CollectorPorts } from '../../collector-ports';
import { type Acceptance, problemOf } from '@mingjian/mapping';
import { Publisher } from '../../intake/publish';
import { SourceClocks } from '../../source-health/source-clocks';
import { readBody } from './read-body';
import { dateOf, notDurable, refusal, senderOf } from './sender';
import {
  BODY_FORMS,
  MOST_RECORDS,
  readStepEvents,
  unreadable,
  type BodyContext,
  type BodyForm,
  type DecidedBody,
} from './read-step-events';
import { declaredType } from './step-event-parsers';
import { STEP_EVENTS_ANSWER, STEP_EVENTS_BODY } from './step-event.openapi';

/** Records told of one by one; the counts tell of all. */
const MOST_RESULTS = 1000;

/**
 * The answer to a body that could be read. `results` lists the records in quarantine, the first thousand; every
 * other record was accepted.
 */
export interface StepEventsAnswer {
  accepted: number;
  quarantined: number;
  results?: {
    index: number;
    id: string | null;
    result: 'quarantined';
    quarantineId: string;
    problem: Problem;
  }[];
}

/** Step events by HTTP push. Answers only after what it acknowledges is durable. */
@ApiTags('step events')
@ApiSecurity('source-key')
@SetMetadata(OPEN, 'a source proves itself by its key')
@Controller('v1/step-events')
export class StepEventController {
  constructor(
    @Inject(COLLECTOR_PORTS) private readonly ports: CollectorPorts,
    @Inject(Publisher) private readonly publisher: Publisher,
    @Inject(SourceClocks) private readonly clocks: SourceClocks,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Send step events: one, a batch, or a line each',
    description:
      'CloudEvents 1.0 in structured or batched mode, or NDJSON. An event is known by (source, id): sending it again does no harm. Records that cannot be used are kept in quarantine with the reason; they stop no others.',
  })
  @ApiConsumes(...Object.keys(BODY_FORMS))
  @ApiBody({ schema: STEP_EVENTS_BODY })
  @ApiResponse({
    status: 202,
    description: 'Durable: accepted, or kept in quarantine.',
    schema: STEP_EVENTS_ANSWER,
  })
  @ApiResponse({ status: 400, description: 'The body cannot be read; it is kept in quarantine.' })
  @ApiResponse({ status: 401, description: 'No key, or a key that was issued to nobody.' })
  @ApiResponse({
    status: 403,
    description: 'The approved register does not name the source; nothing was taken.',
  })
  @ApiResponse({ status: 413, description: 'The body is longer than the limit.' })
  @ApiResponse({ status: 415, description: 'Not a media type of step events.' })
  @ApiResponse({ status: 422, description: 'Every record went into quarantine.', schema: STEP_EVENTS_ANSWER })
  @ApiResponse({ status: 429, description: 'Faster than agreed for this source; nothing was taken.' })
  @ApiResponse({ status: 503, description: 'Not durable now; send the same again later.' })
  async receive(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StepEventsAnswer> {
    const source = senderOf(request, reply, this.ports);
    const form = formOf(request);
    const clock = dateOf(request);
    // The sender does not wait for it: where the log does not answer, each way to it takes its time.
    if (clock !== null)
      void this.clocks.note({ source: source.name, way: 'http', at: this.ports.clock.now(), ...clock });
    const body = await this.decide(request, form, {
      source: source.name,
      feed: 'http',
      receivedAt: this.ports.clock.now(),
      futureToleranceMs: this.ports.settings.futureToleranceSeconds * 1000,
    });
    if (!body.ok && body.reason === 'too-many')
      throw tooLarge(`${MOST_RECORDS} records`, `${body.count} or more`);
    if (!body.ok) {
      await this.publish([body.acceptance], reply);
      throw refusal(HttpStatus.BAD_REQUEST, body.problem);
    }
    this.holdToPace(source.name, body.records.length, reply);
    const published = await this.publish(
      body.records.map((record) => record.acceptance),
      reply,
    );
    const isAllBad = published.accepted === 0 && published.quarantined > 0;
    reply.status(isAllBad ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.ACCEPTED);
    const refused = body.records.filter(({ acceptance }) => !acceptance.ok).slice(0, MOST_RESULTS);
    const results = refused.flatMap(({ index, id, acceptance }) => {
      if (acceptance.ok) return [];
      const { quarantine } = acceptance;
      return [
        {
          index,
          id,
          result: 'quarantined' as const,
          quarantineId: quarantine.id,
          problem: problemOf(quarantine),
        },
      ];
    });
    return results.length === 0 ? published : { ...published, results };
  }

  private async decide(request: FastifyRequest, form: BodyForm, context: BodyContext): Promise<DecidedBody> {
    const limit = this.ports.settings.bodyLimitBytes;
    const body = await readBody(request.body as Readable, limit);
    if (body.ok) return readStepEvents(body.text, form, context);
    if (body.reason === 'not-utf-8') {
      const hint = 'convert the text (from GBK or GB 18030, for instance) before sending';
      const problem = { place: 'body', field: '', expected: 'UTF-8', got: 'bytes that are none', hint };
      return unreadable(body.text, problem, context);
    }
    throw tooLarge(`${limit} bytes`, `${request.headers['content-length'] ?? 'more'} bytes`);
  }

  /** A sender that is faster than its feed document allows is told when to come again; nothing was taken. */
  private holdToPace(source: string, records: number, reply: FastifyReply): void {
    const waitMs = this.ports.paces?.get(source)?.tryTake(records) ?? 0;
    if (waitMs === 0) return;
    const seconds = Math.ceil(waitMs / 1000);
    void reply.header('retry-after', String(seconds));
    throw refusal(HttpStatus.TOO_MANY_REQUESTS, {
      ...{ place: 'body', field: '', expected: 'records at the pace agreed for this source' },
      ...{ got: 'more', hint: `send the same again in ${seconds} s` },
    });
  }

  private async publish(acceptances: readonly Acceptance[], reply: FastifyReply) {
    try {
      this.ports.metrics?.knowSources(this.ports.sources.list().map((source) => source.name));
      return await this.publisher.publish(acceptances, 'http');
    } catch (error) {
      this.ports.logger.error({ err: error }, 'Step events could not be made durable.');
      throw notDurable(reply);
    }
  }
}

function formOf(request: FastifyRequest): BodyForm {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    throw refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, {
      place: 'request',
      field: 'Content-Encoding',
      expected: 'an uncompressed body',
      got: encoding,
      hint: '',
    });
  const { type, charset } = declaredType(request);
  const form: BodyForm | undefined = (BODY_FORMS as Record<string, BodyForm | undefined>)[type];
  if (form !== undefined && ['utf-8', 'utf8', 'us-ascii'].includes(charset)) return form;
  throw refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, {
    place: 'request',
    field: 'Content-Type',
    expected: `one of ${Object.keys(BODY_FORMS).join(', ')}, in UTF-8`,
    got: form === undefined ? type || 'nothing' : `charset ${charset}`,
    hint: '',
  });
}

function tooLarge(most: string, got: string): HttpException {
  return refusal(HttpStatus.PAYLOAD_TOO_LARGE, {
    place: 'body',
    field: '',
    expected: `at most ${most}`,
    got,
    hint: 'send it in smaller batches (NDJSON can be cut at any line end), or have MINGJIAN_BODY_LIMIT_BYTES raised; nothing of this body was taken',
  });
}
