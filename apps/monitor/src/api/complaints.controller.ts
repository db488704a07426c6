import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { listComplaints, type RowScope } from '@mingjian/store';
import { answeredAct, IdempotencyKeyPipe, MatterIdPipe } from '../acts/answer-acts';
import {
  ComplainantRequestBody,
  ComplaintActDto,
  ComplaintContentBody,
  ComplaintsQuery,
} from '../complaints/complaint-bodies';
import type { ComplaintSeen } from '../complaints/complaint-desk';
import { viewOf } from '../complaints/complaint-rights';
import { presentComplaint, presentComplaintRow, presentLead } from '../complaints/present-complaint';
import { Allow, Who, Within, type Principal } from '../identity/principal';
import { Monitor } from '../monitor';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';

const ID = { name: 'id', description: 'Id of the complaint' };
const KEY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'Submitted again with it, the act is done once',
};

/**
 * 投诉: complaints. Inspectors register and lead them; a department sees those that were handed to it, without who complained and in
 * whose words; 检举控告 are seen by inspectors only.
 */
@ApiTags('complaints')
@Allow('inspector', 'department-head', 'post', 'administrator', 'auditor')
@Controller('v1/complaints')
export class ComplaintsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Complaints, newest first' })
  async list(
    @Query(ProblemPipe) { matter, ...query }: ComplaintsQuery,
    @Who() who: Principal,
    @Within() scope: RowScope,
  ): Promise<object> {
    const view = viewOf(who);
    // Which complaints are of one person is nobody's to know but the office's.
    const filter = view === 'office' ? { ...query, matter } : query;
    const rows = await listComplaints(this.monitor.ports.store, filter, view, scope);
    const present = this.presenter();
    const { policies } = this.monitor.rules.current.book.newest.ruleset.document.complaints;
    return {
      complaints: rows.map((row) =>
        presentComplaintRow(row, policies[row.policy]?.name ?? row.policy, view, present),
      ),
      next: rows.length === query.limit ? (rows[rows.length - 1]?.id ?? null) : null,
    };
  }

  @Get('leads')
  @Allow('inspector')
  @ApiOperation({
    summary:
      'Lead candidates: complaints of one kind or one matter that came together, and those reopened often',
  })
  async leads(@Who() who: Principal, @Within() scope: RowScope): Promise<object> {
    const present = this.presenter();
    const leads = await this.monitor.acts.complaints.leads(who, scope);
    return { leads: leads.map((lead) => presentLead(lead, present)) };
  }

  @Get(':id')
  @ApiParam(ID)
  @ApiOperation({ summary: 'One complaint with its clocks and everything that was done about it' })
  async one(
    @Param('id', MatterIdPipe) id: number,
    @Who() who: Principal,
    @Within() scope: RowScope,
  ): Promise<object> {
    return this.shown(await answeredAct(() => this.monitor.acts.complaints.read(id, who, scope)), who);
  }

  @Post()
  @Allow('inspector')
  @ApiHeader(KEY)
  @ApiOperation({ summary: 'Register a complaint; its number is the next of the year' })
  async register(
    @Body(ProblemPipe) body: ComplaintContentBody,
    @Who() who: Principal,
    @Within() scope: RowScope,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<object> {
    const { complaints } = this.monitor.acts;
    const known = new IdempotencyKeyPipe().transform(key);
    return this.shown(await answeredAct(() => complaints.register(body, who, scope, known)), who);
  }

  @Post(':id/acts')
  @HttpCode(200)
  @Allow('inspector', 'department-head', 'post')
  @ApiParam(ID)
  @ApiHeader(KEY)
  @ApiOperation({
    summary:
      'Return, ask for an extension, reply (the department that handles it); everything else (inspectors)',
  })
  async act(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) body: ComplaintActDto,
    @Who() who: Principal,
    @Within() scope: RowScope,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<object> {
    const { complaints } = this.monitor.acts;
    const known = new IdempotencyKeyPipe().transform(key);
    return this.shown(await answeredAct(() => complaints.act(id, body, who, scope, known)), who);
  }

  @Post(':id/complainant')
  @HttpCode(200)
  @Allow('inspector')
  @ApiParam(ID)
  @ApiOperation({ summary: 'Who complained; that somebody asked, and why, goes into the ledger' })
  async complainant(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) { because }: ComplainantRequestBody,
    @Who() who: Principal,
    @Within() scope: RowScope,
  ): Promise<object> {
    const { complaints } = this.monitor.acts;
    return { complainant: await answeredAct(() => complaints.complainantOf(id, because, who, scope)) };
  }

  private shown(seen: ComplaintSeen, who: Principal): object {
    return { complaint: presentComplaint(seen, viewOf(who), this.presenter()) };
  }

  private presenter(): Presenter {
    return new Presenter(this.monitor.rules.current, this.monitor.ports.clock.now());
  }
}
