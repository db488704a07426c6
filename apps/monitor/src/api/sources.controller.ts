import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dateTextOf } from '@mingjian/rules';
import { receiptLags, type RowScope } from '@mingjian/store';
import { AllowEverybody, Within } from '../identity/principal';
import { Monitor } from '../monitor';
import { balances } from '../source-health/reconcile';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';
import { BalancesQuery } from './query-schemas';

/** Days of receipt that the distribution of delays is taken from. */
const LAG_DAYS = 28;
const DAY_MS = 86_400_000;
/** Dates reconciled where nobody says since when. */
const RECONCILED_DAYS = 31;

/** 数据来源: who sends, who fell silent, how late and how completely. A department sees its own. */
@ApiTags('sources')
@AllowEverybody()
@Controller('v1/sources')
export class SourcesController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({
    summary:
      'Every source ever heard of: silent or alive and by what rule, offset of its clock, delays of four weeks',
  })
  async sources(@Within() scope: RowScope): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const now = clock.now();
    const present = new Presenter(this.monitor.rules.current, now);
    const readings = await this.monitor.sources.read();
    const lags = new Map(
      (await receiptLags(store, now - LAG_DAYS * DAY_MS)).map(({ source, ...lag }) => [source, lag]),
    );
    return {
      sources: readings
        .filter(({ department }) => scope.covers(department))
        .map((reading) => ({ ...present.source(reading), receiptLags: lags.get(reading.source) ?? null })),
    };
  }

  @Get('balances')
  @ApiOperation({ summary: 'Date by date, what each source says it has sent and what arrived' })
  async balances(@Query(ProblemPipe) query: BalancesQuery, @Within() scope: RowScope): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const now = clock.now();
    const { calendar } = this.monitor.rules.current.book.newest;
    const present = new Presenter(this.monitor.rules.current, now);
    const own = new Set(
      (await this.monitor.sources.read())
        .filter(({ department }) => scope.covers(department))
        .map(({ source }) => source),
    );
    const days = await balances(store, query.since ?? dateTextOf(calendar.dayOf(now) - RECONCILED_DAYS));
    return {
      now: present.time(now),
      balances: days
        .filter(({ source }) => own.has(source))
        .map(({ statedAt, ...day }) => ({ ...day, statedAt: present.timeOrNull(statedAt) })),
    };
  }
}
