import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { MatterIdPipe } from '../acts/answer-acts';
import { answeredDraft } from '../drafts/answer-drafts';
import { presentMapping } from '../drafts/mapping/present-mappings';
import { tryMapping } from '../drafts/mapping/try-mapping';
import { WholeSite } from '../drafts/whole-site.guard';
import { Allow, Who, type Principal } from '../identity/principal';
import { Monitor } from '../monitor';
import { MappingTrialBody } from './drafts.openapi';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';

/** 映射: how the records of departments are read, and what a change of that would make of some. */
@ApiTags('mappings')
@UseGuards(WholeSite)
@Controller('v1')
export class MappingsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get('mappings')
  @Allow('administrator', 'auditor', 'operator')
  @ApiOperation({ summary: 'Every mapping in use, where it came from, and the feeds that read with it' })
  async list(): Promise<object> {
    const { drafts, rules, ports } = this.monitor;
    const present = new Presenter(rules.current, ports.clock.now());
    const { mappings } = await drafts.book();
    return { mappings: [...mappings.values()].map((mapping) => presentMapping(mapping, present)) };
  }

  @Post('drafts/:id/trial')
  @HttpCode(200)
  @Allow('administrator')
  @ApiParam({ name: 'id', description: 'Id of the draft of a mapping' })
  @ApiOperation({
    summary:
      'What pasted records come to by the mapping in use and by the draft; the records are kept nowhere',
  })
  @Header('cache-control', 'no-store')
  async tried(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) body: MappingTrialBody,
    @Who() who: Principal,
  ): Promise<object> {
    const { drafts, ports } = this.monitor;
    const tried = await answeredDraft(async () =>
      tryMapping(await drafts.readFor(who, id), await drafts.book(), body, ports.clock.now()),
    );
    const { format } = body;
    // What was pasted may name people: who tried which draft, and nothing of it.
    ports.logger.info(
      { draft: id, by: who.id, format, records: tried.sum.records },
      'A draft of a mapping was tried with pasted records.',
    );
    return tried;
  }
}
