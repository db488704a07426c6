import {
  BadRequestException,
  Controller,
  ForbiddenException,
  Get,
  Inject,
  NotFoundException,
  Query,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { RowScope } from '@mingjian/store';
import { Allow, hasRole, Who, Within, type Principal } from '../identity/principal';
import { Monitor } from '../monitor';
import { monthsBetween } from '../reports/report-months';
import { scoresOfMonth } from '../reports/scores-of-month';
import { statisticsTable } from '../reports/statistics-table';
import { ProblemPipe } from './problem-pipe';
import { CaseStatisticsQuery, ScoresQuery } from './report-schemas';

const MOST_MONTHS = 36;
/** A page of the running month may be behind by as much: the month is counted again in half that time. */
const GOOD_FOR_MS = 20 * 60_000;

/** 统计、考评: what the cases of months add up to, and how departments score. */
@ApiTags('reports')
@Allow('inspector', 'department-head', 'post', 'administrator', 'auditor')
@Controller('v1/reports')
export class ReportsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get('statistics')
  @ApiOperation({
    summary: 'Figures of the cases of months, by one dimension; gross and net of upheld appeals',
  })
  async statistics(
    @Query(ProblemPipe) query: CaseStatisticsQuery,
    @Who() who: Principal,
    @Within() scope: RowScope,
  ): Promise<object> {
    const months = monthsBetween(query.since, query.until);
    if (months.length === 0) throw new BadRequestException('截止月份早于起始月份');
    if (months.length > MOST_MONTHS) throw new BadRequestException(`期间不能超过 ${MOST_MONTHS} 个月`);
    // How single persons work is for those who lead or supervise them.
    if (query.by === 'officer' && !hasRole(who, 'inspector', 'department-head', 'auditor'))
      throw new ForbiddenException('按人员统计仅供监察员、审计员和部门负责人查看');
    const { store, wall } = this.monitor.ports;
    return statisticsTable(
      store,
      this.monitor.rules.current,
      { ...query, months, goodSince: wall.now() - GOOD_FOR_MS },
      scope,
    );
  }

  @Get('scores')
  @Allow('inspector', 'department-head', 'administrator', 'auditor')
  @ApiOperation({ summary: 'Scores of a month by the scheme in force, with the evidence of every point' })
  async scores(@Query(ProblemPipe) { month }: ScoresQuery, @Within() scope: RowScope): Promise<object> {
    const { store, settings, clock } = this.monitor.ports;
    const rules = this.monitor.rules.current;
    const scores = await scoresOfMonth(store, rules, settings.scoreScheme, month, scope, clock.now());
    if (scores === null) throw new NotFoundException('no score scheme is set (MINGJIAN_SCORE_SCHEME)');
    return scores;
  }
}
