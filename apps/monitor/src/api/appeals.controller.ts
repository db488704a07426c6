import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { lightStatistics, listAppeals, type RowScope } from '@mingjian/store';
import { AppealActDto, AppealContentBody, AppealsQuery, StatisticsQuery } from '../acts/act-bodies';
import { answeredAct, IdempotencyKeyPipe, MatterIdPipe } from '../acts/answer-acts';
import { presentAppeal, presentAppealRow } from '../appeals/present-appeal';
import { Allow, Who, Within, type Principal } from '../identity/principal';
import { Monitor } from '../monitor';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';

const ID = { name: 'id', description: 'Id of the appeal' };
const KEY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'Submitted again with it, the act is done once',
};

/** 申诉: appeals of departments against lights, and the figures of lights before and after them. */
@ApiTags('appeals')
@Allow('inspector', 'department-head', 'post', 'administrator', 'auditor')
@Controller('v1/appeals')
export class AppealsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Appeals, newest first' })
  async list(@Query(ProblemPipe) query: AppealsQuery, @Within() scope: RowScope): Promise<object> {
    const rows = await listAppeals(this.monitor.ports.store, query, scope);
    const present = this.presenter();
    return {
      appeals: rows.map((row) => presentAppealRow(row, present)),
      next: rows.length === query.limit ? (rows[rows.length - 1]?.id ?? null) : null,
    };
  }

  @Get('statistics')
  @ApiOperation({
    summary: 'Yellow and red lights of a period, gross and net of upheld appeals, by department',
  })
  async statistics(@Query(ProblemPipe) query: StatisticsQuery, @Within() scope: RowScope): Promise<object> {
    const present = this.presenter();
    const lights = await lightStatistics(this.monitor.ports.store, query.since, query.until, scope);
    return {
      since: present.time(query.since),
      until: present.time(query.until),
      lights: lights.map((one) => ({ ...one, departmentName: present.departmentName(one.department) })),
    };
  }

  @Get(':id')
  @ApiParam(ID)
  @ApiOperation({ summary: 'One appeal with everything that was done about it' })
  async one(@Param('id', MatterIdPipe) id: number, @Within() scope: RowScope): Promise<object> {
    const seen = await answeredAct(() => this.monitor.acts.appeals.read(id, scope));
    return { appeal: presentAppeal(seen, this.presenter()) };
  }

  @Post()
  @Allow('inspector', 'department-head', 'post')
  @ApiHeader(KEY)
  @ApiOperation({ summary: 'File an appeal against a light of the own department' })
  async file(
    @Body(ProblemPipe) body: AppealContentBody,
    @Who() who: Principal,
    @Within() scope: RowScope,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<object> {
    const known = new IdempotencyKeyPipe().transform(key);
    const seen = await answeredAct(() => this.monitor.acts.appeals.file(body, who, scope, known));
    return { appeal: presentAppeal(seen, this.presenter()) };
  }

  @Post(':id/acts')
  @HttpCode(200)
  @Allow('inspector', 'department-head', 'post')
  @ApiParam(ID)
  @ApiHeader(KEY)
  @ApiOperation({ summary: 'Uphold, dismiss, refer (inspectors); withdraw (the department)' })
  async act(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) body: AppealActDto,
    @Who() who: Principal,
    @Within() scope: RowScope,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<object> {
    const known = new IdempotencyKeyPipe().transform(key);
    const seen = await answeredAct(() => this.monitor.acts.appeals.act(id, body, who, scope, known));
    return { appeal: presentAppeal(seen, this.presenter()) };
  }

  private presenter(): Presenter {
    return new Presenter(this.monitor.rules.current, this.monitor.ports.clock.now());
  }
}
