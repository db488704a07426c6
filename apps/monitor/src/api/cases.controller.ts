import { createHash } from 'node:crypto';
import { Controller, Get, Header, Inject, NotFoundException, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { TimelineEvent } from '@mingjian/contracts';
import {
  compareEvents,
  explainCase,
  explanationInChinese,
  explanationPage,
  EXPLANATION_PAGE_STYLE,
  judgeCase,
  verdictAt,
} from '@mingjian/rules';
import {
  findingsOfCase,
  lightChangesOfCase,
  findCaseFile,
  loadTimelines,
  type CaseFileRow,
  type RowScope,
} from '@mingjian/store';
import { maskedEvent, maskedMembers } from '../identity/personal-data/masked-event';
import { Allow, Within } from '../identity/principal';
import { Monitor } from '../monitor';
import { listCases } from './case-list';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';
import { CasesQuery, ExplanationQuery } from './query-schemas';

/** Exactly the style of that page, and nothing else. */
const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(EXPLANATION_PAGE_STYLE).digest('base64')}'`;

/** Cases: the list by urgency, one case with all that is known of it, and why its lights are what they are. */
@ApiTags('cases')
@Allow('inspector', 'department-head', 'post', 'administrator', 'auditor')
@Controller('v1/cases')
export class CasesController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Cases by urgency, page by page' })
  async list(@Query(ProblemPipe) query: CasesQuery, @Within() scope: RowScope): Promise<object> {
    const silent = await this.monitor.sources.silentDepartments();
    const { rows, next } = await listCases(this.monitor.ports.store, scope, query, silent);
    const now = this.now();
    const present = this.presenter(now);
    return { now: present.time(now), cases: rows.map((row) => present.caseFile(row, silent)), next };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One case: row, verdict now, events as reported, findings, light changes' })
  @ApiParam({ name: 'id', description: 'Case number' })
  async one(@Param('id') caseNo: string, @Within() scope: RowScope): Promise<object> {
    const { store } = this.monitor.ports;
    const { row, events, reported } = await this.find(caseNo, scope);
    const now = this.now();
    const present = this.presenter(now);
    const tracks = judgeCase(caseNo, events, this.monitor.rules.current.book);
    const verdict = verdictAt(tracks, now);
    const changes = await lightChangesOfCase(store, caseNo);
    const findings = await findingsOfCase(store, caseNo);
    return {
      now: present.time(now),
      case: present.caseFile(row, await this.monitor.sources.silentDepartments()),
      verdict: {
        open: verdict.open,
        light: verdict.light,
        stepLight: verdict.stepLight,
        clock: verdict.clock,
        dueAt: present.timeOrNull(verdict.dueAt),
        since: present.timeOrNull(verdict.since),
        provisional: verdict.provisional,
        nextChangeAt: present.timeOrNull(verdict.nextChangeAt),
        closedAt: present.timeOrNull(tracks.closedAt),
        clocks: verdict.clocks.map((clock) => present.clock(clock, tracks)),
      },
      events: [...reported]
        .sort(compareEvents)
        .map((event) => ({ ...present.event(maskedEvent(event)), masked: maskedMembers(event) })),
      findings: findings.map((finding) => present.finding(finding)),
      lightChanges: changes.map((change) => present.lightChange(change)),
    };
  }

  @Get(':id/explanation')
  @ApiOperation({ summary: 'Why each clock shows what it shows, day by day, with provision and notice' })
  @ApiParam({ name: 'id', description: 'Case number' })
  async explanation(
    @Param('id') caseNo: string,
    @Query(ProblemPipe) query: ExplanationQuery,
    @Within() scope: RowScope,
  ): Promise<object> {
    const { events } = await this.find(caseNo, scope);
    const now = this.now();
    const { book } = this.monitor.rules.current;
    const explanation = explainCase(caseNo, events, book, now);
    const clocks = explanation.clocks.map(({ clock }) => clock);
    if (query.clock !== undefined && !clocks.includes(query.clock))
      throw new NotFoundException(
        `case ${caseNo} has no clock ${JSON.stringify(query.clock)}; it has: ${clocks.join(', ') || 'none'}`,
      );
    return {
      ...this.presenter(now).explanation(explanation, query.clock),
      text: explanationInChinese(
        {
          ...explanation,
          clocks: explanation.clocks.filter(
            ({ clock }) => query.clock === undefined || clock === query.clock,
          ),
        },
        book.newest.calendar,
      ),
    };
  }

  @Get(':id/explanation.html')
  @ApiOperation({ summary: 'The explanation as a page to print' })
  @ApiParam({ name: 'id', description: 'Case number' })
  @ApiProduces('text/html')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  async explanationPage(@Param('id') caseNo: string, @Within() scope: RowScope): Promise<string> {
    const { events } = await this.find(caseNo, scope);
    const { book } = this.monitor.rules.current;
    return explanationPage(explainCase(caseNo, events, book, this.now()), book.newest.calendar);
  }

  /**
   * A case that somebody may not see is answered like one that does not exist. `events` are those of the timeline with
   * personal data masked, which changes no verdict; `reported` as they came.
   */
  private async find(
    caseNo: string,
    scope: RowScope,
  ): Promise<{ row: CaseFileRow; events: TimelineEvent[]; reported: TimelineEvent[] }> {
    const { store } = this.monitor.ports;
    const row = await findCaseFile(store, scope, caseNo);
    if (row === null)
      throw new NotFoundException(`no case has the number ${JSON.stringify(caseNo.slice(0, 80))}`);
    const reported = (await loadTimelines(store, [caseNo])).get(caseNo) ?? [];
    return { row, events: reported.map(maskedEvent), reported };
  }

  private now(): number {
    return this.monitor.ports.clock.now();
  }

  private presenter(now: number): Presenter {
    return new Presenter(this.monitor.rules.current, now);
  }
}
