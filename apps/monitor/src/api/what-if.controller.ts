import { setImmediate as yieldTurn } from 'node:timers/promises';
import {
  BadRequestException,
  Controller,
  Get,
  Inject,
  Query,
  ServiceUnavailableException,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { TimelineEvent } from '@mingjian/contracts';
import { dayNumberOf, whatIf } from '@mingjian/rules';
import { instantText, loadTimelines } from '@mingjian/store';
import { Allow } from '../identity/principal';
import { Monitor } from '../monitor';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';
import { WhatIfQuery } from './rules.openapi';

/** Cases of one question: what is judged stands in the way of everything else of the process meanwhile. */
const MOST_CASES = 5_000;
const CASES_AT_ONCE = 500;
const MOST_SHOWN = 10;

/** What another promise would have done to the cases of an item, by the record. Writes nothing, sends nothing. */
@ApiTags('rules')
@Allow('inspector', 'administrator', 'auditor')
@Controller('v1/rules/what-if')
export class WhatIfController {
  private isBusy = false;

  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({
    summary: 'Which cases another promise of an item would have turned, and how it could be kept',
  })
  async whatIf(@Query(ProblemPipe) query: WhatIfQuery): Promise<object> {
    const { book } = this.monitor.rules.current;
    if (!book.rulesets.some(({ items }) => items.has(query.item)))
      throw new BadRequestException(`规则集中没有事项 ${query.item}`);
    const { calendar } = book.newest;
    const since = calendar.startOfDay(dayNumberOf(query.since));
    const until = calendar.endOfDay(dayNumberOf(query.until));
    if (until < since) throw new BadRequestException('截止日期早于起始日期');
    if (this.isBusy) throw new ServiceUnavailableException('另一次测算正在进行，请稍后再试');
    this.isBusy = true;
    try {
      const { cases, isCut } = await this.casesOf(query.item, since);
      const result = whatIf(cases, book, query.item, query.promise, since, until);
      const present = new Presenter(this.monitor.rules.current, this.monitor.ports.clock.now());
      return {
        ...result,
        isCut,
        changedCount: result.changed.length,
        changed: result.changed.slice(0, MOST_SHOWN).map(({ caseNo, department, before, after }) => ({
          caseNo,
          departmentName: present.departmentName(department),
          before: worstOf(before),
          after: worstOf(after),
        })),
      };
    } finally {
      this.isBusy = false;
    }
  }

  /** Timelines of the item's cases that had something happen since; of too many the newest. */
  private async casesOf(
    item: string,
    since: number,
  ): Promise<{ cases: Map<string, TimelineEvent[]>; isCut: boolean }> {
    const { store } = this.monitor.ports;
    const rows = await store.query<{ caseNo: string }>(
      'SELECT case_no AS caseNo FROM case_file WHERE item_code = ? AND last_event_at >= ? ' +
        'ORDER BY last_event_at DESC, case_no LIMIT ?',
      [item, instantText(since), MOST_CASES + 1],
    );
    const caseNos = rows.slice(0, MOST_CASES).map(({ caseNo }) => caseNo);
    const cases = new Map<string, TimelineEvent[]>();
    for (let first = 0; first < caseNos.length; first += CASES_AT_ONCE) {
      const some = await loadTimelines(store, caseNos.slice(first, first + CASES_AT_ONCE));
      for (const [caseNo, events] of some) cases.set(caseNo, events);
      await yieldTurn();
    }
    return { cases, isCut: rows.length > MOST_CASES };
  }
}

const BADNESS = ['green', 'grey', 'yellow', 'red'];

function worstOf(lights: readonly { light: string }[]): string | null {
  return lights.reduce<string | null>(
    (worst, { light }) => (worst === null || BADNESS.indexOf(light) > BADNESS.indexOf(worst) ? light : worst),
    null,
  );
}
