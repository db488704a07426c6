import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { decodeFinding, type RowScope } from '@mingjian/store';
import { Allow, Within } from '../identity/principal';
import { Monitor } from '../monitor';
import { newestFirst } from './newest-first';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';
import { FindingsQuery } from './query-schemas';

/** Procedure and data-quality findings that hold. */
@ApiTags('findings')
@Allow('inspector', 'department-head', 'post', 'administrator', 'auditor')
@Controller('v1/findings')
export class FindingsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Findings that hold, newest first' })
  async list(@Query(ProblemPipe) query: FindingsQuery, @Within() scope: RowScope): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const rows = await newestFirst(
      store,
      scope,
      'finding',
      [
        ['superseded_at IS NULL', null],
        ['id < ?', query.before],
        ['department = ?', query.department],
        ['code = ?', query.code],
        ['severity = ?', query.severity],
      ],
      query.limit,
    );
    const present = new Presenter(this.monitor.rules.current, clock.now());
    const findings = rows.map(decodeFinding);
    return {
      findings: findings.map((finding) => present.finding(finding)),
      next: findings.length === query.limit ? (findings[findings.length - 1]?.id ?? null) : null,
    };
  }
}
