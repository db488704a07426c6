import { Body, Controller, Get, HttpCode, Inject, NotFoundException, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  calendarDifference,
  checkNotice,
  dateTextOf,
  dayKindOf,
  dayNumberOf,
  parseHolidayNotice,
  weekdayOf,
  withDifference,
  workingDaysOfYear,
  type WorkingCalendar,
} from '@mingjian/rules';
import type { RowScope } from '@mingjian/store';
import { Allow, AllowEverybody, Within } from '../identity/principal';
import { Monitor } from '../monitor';
import { ProblemPipe } from './problem-pipe';
import { shownRules, shownVersions } from './present-rules';
import { CalendarQuery, NoticeBody, RulesQuery } from './rules.openapi';

/** The rules in force and their calendar. Nothing here changes anything. */
@ApiTags('rules')
@AllowEverybody()
@Controller('v1')
export class RulesController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get('rules')
  @ApiOperation({
    summary: 'Departments, items and limits of the version in force, and which versions there are',
  })
  rules(@Query(ProblemPipe) query: RulesQuery, @Within() scope: RowScope): object {
    const { book } = this.monitor.rules.current;
    const today = this.today(book.newest.calendar);
    const inForce = book.rulesets.filter(({ inForceFrom }) => inForceFrom <= today).at(-1);
    const ruleset =
      query.version === undefined
        ? (inForce ?? book.newest.ruleset)
        : book.rulesets.find(({ version }) => version === query.version);
    if (ruleset === undefined)
      throw new NotFoundException(
        `没有版本 ${query.version}；现有版本：${book.rulesets.map(({ version }) => version).join('、')}`,
      );
    return {
      ...shownRules(ruleset, scope),
      versions: shownVersions(book, today),
      loadSuccessful: this.monitor.rules.isLoadSuccessful,
    };
  }

  @Get('calendar')
  @ApiOperation({ summary: 'Every day of a year: worked or not, why, and by which notice' })
  calendar(@Query(ProblemPipe) query: CalendarQuery): object {
    const { calendar } = this.monitor.rules.current.book.newest;
    const year = query.year ?? Number(this.today(calendar).slice(0, 4));
    const [first, last] = [dayNumberOf(`${year}-01-01`), dayNumberOf(`${year}-12-31`)];
    const days = Array.from({ length: last - first + 1 }, (_, index) => {
      const day = first + index;
      const entry = calendar.entryOf(day);
      return {
        date: dateTextOf(day),
        weekday: weekdayOf(day),
        kind: dayKindOf(calendar, day),
        isWorked: calendar.isWorkingDay(day),
        name: entry?.name ?? null,
        notice: entry?.notice ?? null,
      };
    });
    return {
      calendar: calendar.id,
      version: calendar.version,
      timezone: calendar.document.timezone,
      year,
      today: this.today(calendar),
      publishedThrough: calendar.document.publishedThrough ?? null,
      workingDays: days.filter(({ isWorked }) => isWorked).length,
      days,
    };
  }

  @Post('calendar/notice-preview')
  @Allow('inspector', 'administrator', 'auditor')
  @HttpCode(200)
  @ApiOperation({ summary: 'What a holiday notice would change in the calendar; writes nothing' })
  noticePreview(@Body(ProblemPipe) body: NoticeBody): object {
    const { document } = this.monitor.rules.current.book.newest.calendar;
    const parsed = parseHolidayNotice(body.text, { file: '通知' });
    if (parsed.problems.length > 0 || parsed.year === null)
      return { year: parsed.year, kind: parsed.kind, problems: parsed.problems, days: [] };
    const difference = calendarDifference(document, parsed, body);
    const after = withDifference(document, difference);
    return {
      year: parsed.year,
      kind: parsed.kind,
      problems: [],
      days: parsed.days,
      ...difference,
      workingDays: {
        before: workingDaysOfYear(document, parsed.year),
        after: workingDaysOfYear(after, parsed.year),
      },
      findings: checkNotice(after, parsed.year, parsed),
    };
  }

  private today(calendar: WorkingCalendar): string {
    return dateTextOf(calendar.dayOf(this.monitor.ports.clock.now()));
  }
}
