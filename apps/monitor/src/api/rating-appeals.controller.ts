import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { listRatingAppeals, type RowScope } from '@mingjian/store';
import { answeredAct, IdempotencyKeyPipe, MatterIdPipe } from '../acts/answer-acts';
import { Allow, Who, Within, type Principal } from '../identity/principal';
import { Monitor } from '../monitor';
import { presentRatingAppeal, presentRatingAppealRow } from '../ratings/present-rating';
import type { RatingAppealSeen } from '../ratings/rating-appeal-desk';
import { RatingAppealActDto, RatingAppealContentBody, RatingAppealsQuery } from '../ratings/rating-bodies';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';

const ID = { name: 'id', description: 'Id of the appeal against a rating' };
const KEY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'Submitted again with it, the act is done once',
};

/** 差评申诉: appeals of departments against mistaken or malicious ratings. */
@ApiTags('ratings')
@Allow('inspector', 'department-head', 'post', 'administrator', 'auditor')
@Controller('v1/rating-appeals')
export class RatingAppealsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Appeals against ratings, newest first' })
  async list(@Query(ProblemPipe) query: RatingAppealsQuery, @Within() scope: RowScope): Promise<object> {
    const rows = await listRatingAppeals(this.monitor.ports.store, query, scope);
    const present = this.presenter();
    return {
      appeals: rows.map((row) => presentRatingAppealRow(row, present)),
      next: rows.length === query.limit ? (rows[rows.length - 1]?.id ?? null) : null,
    };
  }

  @Get(':id')
  @ApiParam(ID)
  @ApiOperation({ summary: 'One appeal against a rating with everything that was done about it' })
  async one(@Param('id', MatterIdPipe) id: number, @Within() scope: RowScope): Promise<object> {
    return this.shown(await answeredAct(() => this.monitor.acts.ratingAppeals.read(id, scope)));
  }

  @Post()
  @Allow('inspector', 'department-head', 'post')
  @ApiHeader(KEY)
  @ApiOperation({ summary: 'File an appeal against a bad rating of the own department' })
  async file(
    @Body(ProblemPipe) body: RatingAppealContentBody,
    @Who() who: Principal,
    @Within() scope: RowScope,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<object> {
    const { ratingAppeals } = this.monitor.acts;
    const known = new IdempotencyKeyPipe().transform(key);
    return this.shown(await answeredAct(() => ratingAppeals.file(body, who, scope, known)));
  }

  @Post(':id/acts')
  @HttpCode(200)
  @Allow('inspector', 'department-head', 'post')
  @ApiParam(ID)
  @ApiHeader(KEY)
  @ApiOperation({ summary: 'Uphold, dismiss (inspectors); withdraw (the department)' })
  async act(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) body: RatingAppealActDto,
    @Who() who: Principal,
    @Within() scope: RowScope,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<object> {
    const { ratingAppeals } = this.monitor.acts;
    const known = new IdempotencyKeyPipe().transform(key);
    return this.shown(await answeredAct(() => ratingAppeals.act(id, body, who, scope, known)));
  }

  private shown(seen: RatingAppealSeen): object {
    return { appeal: presentRatingAppeal(seen, this.presenter()) };
  }

  private presenter(): Presenter {
    return new Presenter(this.monitor.rules.current, this.monitor.ports.clock.now());
  }
}
