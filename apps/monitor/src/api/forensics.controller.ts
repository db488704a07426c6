import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { forensicFindingInChinese } from '@mingjian/rules';
import {
  decodePatternFinding,
  patternFindingOf,
  type PatternFindingRow,
  type RowScope,
} from '@mingjian/store';
import { withMaskedOfficer } from '../identity/personal-data/masked-finding';
import { Allow, Within } from '../identity/principal';
import { Monitor } from '../monitor';
import { newestFirst } from './newest-first';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';
import { PatternFindingsQuery } from './query-schemas';

/** 核查线索: signs that times were made up. They may name officers: posts do not read them. */
@ApiTags('forensics')
@Allow('inspector', 'department-head', 'auditor')
@Controller('v1/forensics/findings')
export class ForensicsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({
    summary: 'Signs that times were made up, that hold, newest first, with cases and figures as evidence',
  })
  async list(@Query(ProblemPipe) query: PatternFindingsQuery, @Within() scope: RowScope): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const rows = await newestFirst(
      store,
      scope,
      'pattern_finding',
      [
        ['superseded_at IS NULL', null],
        ['id < ?', query.before],
        ['department = ?', query.department],
        ['period = ?', query.period],
        ['code = ?', query.code],
        ['kind = ?', query.kind],
        ['scope = ?', query.scope],
        ['severity = ?', query.severity],
      ],
      query.limit,
    );
    const present = new Presenter(this.monitor.rules.current, clock.now());
    const findings = rows.map(decodePatternFinding);
    return {
      findings: findings.map((row) => shown(row, present)),
      next: findings.length === query.limit ? (findings[findings.length - 1]?.id ?? null) : null,
    };
  }
}

function shown(row: PatternFindingRow, present: Presenter): object {
  const finding = withMaskedOfficer(patternFindingOf(row));
  return {
    id: row.id,
    ...finding,
    at: present.timeOrNull(finding.at),
    text: forensicFindingInChinese(finding),
    detectedAt: present.time(row.detectedAt),
  };
}
