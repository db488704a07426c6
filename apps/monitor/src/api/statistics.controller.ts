import { BadRequestException, Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { LIGHTS, type Light } from '@mingjian/contracts';
import { dateTextOf, dayNumberOf, type WorkingCalendar } from '@mingjian/rules';
import { instantText, ISSUED_LIGHT, type RowScope } from '@mingjian/store';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Allow, Within } from '../identity/principal';
import { Monitor } from '../monitor';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';

const LONGEST_DAYS = 400;
const day = z.iso.date({ error: 'a date, written YYYY-MM-DD' });

export class StatisticsQuery extends createZodDto(
  z.strictObject({ since: day.describe('First day'), until: day.describe('Last day') }),
) {}

type Counts = Record<Light, number>;

/** How it went over a period: cases that ended, in time or not, and the lights of each day. */
@ApiTags('statistics')
@Allow('inspector', 'department-head', 'post', 'administrator', 'auditor')
@Controller('v1/statistics')
export class StatisticsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({
    summary:
      'Cases whose last record lies in a period, by department and light; yellow and red lights of each day',
  })
  async statistics(@Query(ProblemPipe) query: StatisticsQuery, @Within() scope: RowScope): Promise<object> {
    const { calendar } = this.monitor.rules.current.book.newest;
    const [first, last] = [dayNumberOf(query.since), dayNumberOf(query.until)];
    if (last < first) throw new BadRequestException('截止日期早于起始日期');
    if (last - first >= LONGEST_DAYS) throw new BadRequestException(`期间不能超过 ${LONGEST_DAYS} 天`);
    const period: [string, string] = [
      instantText(calendar.startOfDay(first)),
      instantText(calendar.startOfDay(last + 1)),
    ];
    return {
      since: query.since,
      until: query.until,
      departments: await this.endedByDepartment(period, scope),
      days: await this.lightsByDay(period, scope, calendar, first, last),
    };
  }

  private async endedByDepartment(period: [string, string], scope: RowScope): Promise<object[]> {
    const seen = scope.condition();
    const rows = await this.monitor.ports.store.query<{
      department: string | null;
      light: Light;
      n: number | string;
    }>(
      'SELECT department, light, COUNT(*) AS n FROM case_file WHERE is_open = 0 AND last_event_at >= ? ' +
        `AND last_event_at < ? AND ${seen.sql} GROUP BY department, light`,
      [...period, ...seen.parameters],
    );
    const departments = new Map<string | null, Counts>();
    for (const { department, light, n } of rows) {
      const counts = departments.get(department) ?? noLights();
      counts[light] += Number(n);
      departments.set(department, counts);
    }
    const present = new Presenter(this.monitor.rules.current, this.monitor.ports.clock.now());
    return [...departments]
      .map(([department, ended]) => ({
        department,
        departmentName: present.departmentName(department),
        ended: LIGHTS.reduce((sum, light) => sum + ended[light], 0),
        ...ended,
      }))
      .sort((a, b) => b.ended - a.ended);
  }

  /** By the day on which a light became true, of the calendar's zone; those that were superseded or wait for a person count in neither. */
  private async lightsByDay(
    period: [string, string],
    scope: RowScope,
    calendar: WorkingCalendar,
    first: number,
    last: number,
  ): Promise<object[]> {
    const seen = scope.condition();
    // Whole hours: every zone's days are made of them, give or take the few that begin at the half.
    const rows = await this.monitor.ports.store.query<{ hour: string; light: Light; n: number | string }>(
      'SELECT SUBSTR(became_at, 1, 13) AS hour, to_light AS light, COUNT(*) AS n FROM light_change ' +
        "WHERE superseded_at IS NULL AND to_light IN ('yellow', 'red') AND became_at >= ? AND became_at < ? " +
        `AND ${ISSUED_LIGHT} AND ${seen.sql} GROUP BY SUBSTR(became_at, 1, 13), to_light`,
      [...period, ...seen.parameters],
    );
    const days = new Map<string, { yellow: number; red: number }>();
    for (let number = first; number <= last; number++) days.set(dateTextOf(number), { yellow: 0, red: 0 });
    for (const { hour, light, n } of rows) {
      const date = dateTextOf(calendar.dayOf(Date.parse(`${hour.replace(' ', 'T')}:00:00Z`)));
      const counts = days.get(date);
      if (counts !== undefined && (light === 'yellow' || light === 'red')) counts[light] += Number(n);
    }
    return [...days].map(([date, counts]) => ({ date, ...counts }));
  }
}

function noLights(): Counts {
  return Object.fromEntries(LIGHTS.map((light) => [light, 0])) as Counts;
}
