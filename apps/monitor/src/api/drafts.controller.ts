import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { DraftActBody, NewDraft } from '@mingjian/contracts';
import type { RuleDraftRow } from '@mingjian/store';
import { MatterIdPipe } from '../acts/answer-acts';
import { answeredDraft } from '../drafts/answer-drafts';
import { documentOf } from '../drafts/draft-rows';
import { draftDifference } from '../drafts/draft-difference';
import { presentDraft, presentDraftRow, presentImpact } from '../drafts/present-draft';
import type { DraftView } from '../drafts/draft-view';
import { judgedDigest } from '../drafts/judged-digest';
import { kindsFor } from '../drafts/kinds/readers';
import { Allow, Who, type Principal } from '../identity/principal';
import { WholeSite } from '../drafts/whole-site.guard';
import { Monitor } from '../monitor';
import {
  DraftActDto,
  DraftContentBody,
  DraftImpactBody,
  DraftsQuery,
  IfMatchPipe,
  NewDraftBody,
} from './drafts.openapi';
import { draftView } from './drafts-view';
import { ProblemPipe } from './problem-pipe';

const ID = { name: 'id', description: 'Id of the draft' };

/** 规则草稿: changes of rules, calendars and recipients, from the first edit to the approval by a second person. */
@ApiTags('drafts')
@Allow('inspector', 'administrator', 'auditor')
@UseGuards(WholeSite)
@Controller('v1/drafts')
export class DraftsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Drafts, newest first' })
  async list(@Query(ProblemPipe) query: DraftsQuery, @Who() who: Principal): Promise<object> {
    const rows = await this.monitor.drafts.list({ ...query, kinds: kindsFor(who) });
    const view = await this.view(who);
    return {
      drafts: rows.map((row) => presentDraftRow(row, view)),
      next: rows.length === query.limit ? (rows[rows.length - 1]?.id ?? null) : null,
    };
  }

  @Post()
  @Allow('administrator')
  @ApiOperation({
    summary:
      'Begin a draft: of what is in force, of an older version, of a holiday notice, or to take one back',
  })
  async create(@Body(ProblemPipe) body: NewDraftBody, @Who() who: Principal): Promise<object> {
    return this.shown(await answeredDraft(() => this.monitor.drafts.create(body as NewDraft, who)), who);
  }

  @Get(':id')
  @ApiParam(ID)
  @ApiOperation({ summary: 'One draft with its document, what is wrong with it, and who did what' })
  async one(
    @Param('id', MatterIdPipe) id: number,
    @Who() who: Principal,
    @Res({ passthrough: true }) reply: { header: (name: string, value: string) => unknown },
  ): Promise<object> {
    const row = await answeredDraft(() => this.monitor.drafts.readFor(who, id));
    reply.header('etag', `"${row.version}"`);
    return this.shown(row, who);
  }

  @Put(':id')
  @Allow('administrator')
  @ApiParam(ID)
  @ApiHeader({ name: 'If-Match', required: true, description: 'The version that was read, as "3"' })
  @ApiOperation({
    summary: 'Save the whole document, also with problems; 412 where somebody saved in between',
  })
  async save(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) body: DraftContentBody,
    @Headers('if-match') version: string | undefined,
    @Who() who: Principal,
  ): Promise<object> {
    const read = new IfMatchPipe().transform(version);
    return this.shown(await answeredDraft(() => this.monitor.drafts.save(id, read, body, who), 412), who);
  }

  @Get(':id/diff')
  @ApiParam(ID)
  @ApiOperation({ summary: 'What the draft changes: member by member, and line by line' })
  async diff(@Param('id', MatterIdPipe) id: number, @Who() who: Principal): Promise<object> {
    return draftDifference(await answeredDraft(() => this.monitor.drafts.readFor(who, id)));
  }

  @Post(':id/acts')
  @HttpCode(200)
  @Allow('administrator')
  @ApiParam(ID)
  @ApiOperation({
    summary: 'Submit, recall, discard, bring up to date; approve or return, by who wrote none of it',
  })
  async act(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) body: DraftActDto,
    @Who() who: Principal,
  ): Promise<object> {
    return this.shown(await answeredDraft(() => this.monitor.drafts.act(id, body as DraftActBody, who)), who);
  }

  @Get(':id/impact')
  @ApiParam(ID)
  @ApiOperation({ summary: 'The latest back-test of the draft, or how far it is' })
  async impact(@Param('id', MatterIdPipe) id: number, @Who() who: Principal): Promise<object> {
    return this.shownImpact(id, who);
  }

  @Post(':id/impact')
  @HttpCode(202)
  @Allow('administrator')
  @ApiParam(ID)
  @ApiOperation({
    summary: 'Begin a back-test of the draft against the cases of the last days; sends nothing',
  })
  async startImpact(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) { days }: DraftImpactBody,
    @Who() who: Principal,
  ): Promise<object> {
    await answeredDraft(() => this.monitor.drafts.startImpact(id, days, who));
    return this.shownImpact(id, who);
  }

  @Delete(':id/impact')
  @Allow('administrator')
  @ApiParam(ID)
  @ApiOperation({ summary: 'Cancel the back-test' })
  async cancelImpact(@Param('id', MatterIdPipe) id: number, @Who() who: Principal): Promise<object> {
    await answeredDraft(() => this.monitor.drafts.cancelImpact(id, who));
    return this.shownImpact(id, who);
  }

  private async shownImpact(id: number, who: Principal): Promise<object> {
    const { drafts } = this.monitor;
    const [row, draft] = await answeredDraft(() => Promise.all([drafts.impact(id), drafts.readFor(who, id)]));
    const digest = judgedDigest(documentOf(draft));
    const state = (one: NonNullable<typeof row>): NonNullable<typeof row>['state'] =>
      drafts.impacts.stateOf(one);
    return { impact: presentImpact(row, draft, digest, state, await this.view(who)) };
  }

  private async shown(row: RuleDraftRow, who: Principal): Promise<object> {
    return { draft: presentDraft(row, await this.view(who)) };
  }

  private view(who: Principal): Promise<DraftView> {
    return draftView(this.monitor, who);
  }
}
