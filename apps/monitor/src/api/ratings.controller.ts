import { BadRequestException, Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { listRatings, ratingAppealsOfCases, ratingStatistics, type RowScope } from '@mingjian/store';
import { Allow, Within } from '../identity/principal';
import { Monitor } from '../monitor';
import { presentRating, presentRatingSums } from '../ratings/present-rating';
import { RatingsQuery, RatingStatisticsQuery } from '../ratings/rating-bodies';
import { cursorOfRating, readRatingCursor } from '../ratings/rating-cursor';
import { monthsBetween } from '../reports/report-months';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';

const MOST_MONTHS = 36;

/** 好差评: ratings of cases and how they were answered. A department sees those of its own cases. */
@ApiTags('ratings')
@Allow('inspector', 'department-head', 'post', 'administrator', 'auditor')
@Controller('v1/ratings')
export class RatingsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Ratings, newest first, with the calls and corrections that bad ones ask for' })
  async list(
    @Query(ProblemPipe) { cursor, limit, ...filter }: RatingsQuery,
    @Within() scope: RowScope,
  ): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const now = clock.now();
    const after = cursor === undefined ? undefined : readRatingCursor(cursor);
    // One more than asked for says whether there is a next page.
    const rows = await listRatings(store, { ...filter, after, now, limit: limit + 1 }, scope);
    const page = rows.slice(0, limit);
    const last = page[page.length - 1];
    const bad = page.filter((row) => row.bad === 1);
    const appeals = await ratingAppealsOfCases(store, [...new Set(bad.map(({ caseNo }) => caseNo))]);
    const present = this.presenter(now);
    return {
      ratings: page.map((row) =>
        presentRating(
          row,
          appeals.filter(
            ({ caseNo, source, eventId }) =>
              caseNo === row.caseNo && source === row.source && eventId === row.eventId,
          ),
          now,
          present,
        ),
      ),
      next: rows.length > limit && last !== undefined ? cursorOfRating(last) : null,
    };
  }

  @Get('statistics')
  @ApiOperation({
    summary: 'Ratings of months by department: answer and correction rates, gross and net of upheld appeals',
  })
  async statistics(
    @Query(ProblemPipe) { since, until }: RatingStatisticsQuery,
    @Within() scope: RowScope,
  ): Promise<object> {
    const months = monthsBetween(since, until);
    if (months.length === 0) throw new BadRequestException('截止月份早于起始月份');
    if (months.length > MOST_MONTHS) throw new BadRequestException(`期间不能超过 ${MOST_MONTHS} 个月`);
    const { store, clock } = this.monitor.ports;
    const now = clock.now();
    const present = this.presenter(now);
    const groups = await ratingStatistics(store, months, now, scope);
    return {
      since,
      until,
      at: present.time(now),
      departments: groups.map(({ department, sums }) => ({
        department,
        departmentName: present.departmentName(department),
        ...presentRatingSums(sums),
      })),
    };
  }

  private presenter(now: number): Presenter {
    return new Presenter(this.monitor.rules.current, now);
  }
}
