import {
  BadRequestException,
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  ParseIntPipe,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { bulletinFile, findBulletin, listBulletins, type BulletinRow, type RowScope } from '@mingjian/store';
import { dateTextOf } from '@mingjian/rules';
import { Allow, Who, Within, type Principal } from '../identity/principal';
import { Monitor } from '../monitor';
import { startBulletin } from '../reports/make-bulletin';
import { bulletinSince } from '../reports/since/bulletin-since';
import { presentSince } from '../reports/since/present-since';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';
import { BulletinBody, BulletinFileQuery, BulletinsQuery } from './report-schemas';

const ID = { name: 'id', description: 'Id of the bulletin' };
const TYPES = {
  html: 'text/html; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
} as const;

/** 通报: the archive of bulletins, and making one on demand. Departments see those that were made for them. */
@ApiTags('bulletins')
@Allow('inspector', 'department-head', 'administrator', 'auditor')
@Controller('v1/bulletins')
export class BulletinsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'The archive, newest first; those being made with their progress' })
  async list(@Query(ProblemPipe) query: BulletinsQuery, @Within() scope: RowScope): Promise<object> {
    const rows = await listBulletins(this.monitor.ports.store, scope, query, query.limit);
    return {
      bulletins: rows.map((row) => this.shown(row)),
      next: rows.length === query.limit ? (rows[rows.length - 1]?.id ?? null) : null,
    };
  }

  @Post()
  @HttpCode(202)
  @Allow('inspector')
  @ApiOperation({
    summary: 'Make a bulletin of a month or a day; the answer tells where to ask how far it is',
  })
  async make(
    @Body(ProblemPipe) { bulletin }: BulletinBody,
    @Who() who: Principal,
    @Within() scope: RowScope,
  ): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const { calendar, ruleset } = this.monitor.rules.current.book.newest;
    const department = bulletin.department ?? null;
    if (department === null ? !scope.isEverything : !scope.covers(department))
      throw new BadRequestException('只能为所辖部门生成通报');
    if (department !== null && !Object.hasOwn(ruleset.document.departments, department))
      throw new BadRequestException(`规则集中没有部门 ${department}`);
    if (bulletin.period > dateTextOf(calendar.dayOf(clock.now())))
      throw new BadRequestException('该期间尚未开始');
    const { id } = await startBulletin(
      this.monitor.bulletinPorts,
      { kind: bulletin.kind, period: bulletin.period, department },
      { id: who.id, name: who.name },
    );
    return this.shown((await findBulletin(store, scope, id))!);
  }

  @Get(':id')
  @ApiParam(ID)
  @ApiOperation({ summary: 'A bulletin: its state, how far it is made, its number and digest' })
  async one(@Param('id', ParseIntPipe) id: number, @Within() scope: RowScope): Promise<object> {
    return this.shown(await this.found(id, scope));
  }

  @Get(':id/file')
  @ApiParam(ID)
  @ApiOperation({ summary: 'A file of a bulletin as it was published' })
  @ApiProduces(...Object.values(TYPES))
  @Header('cache-control', 'no-store')
  async file(
    @Param('id', ParseIntPipe) id: number,
    @Query(ProblemPipe) { format }: BulletinFileQuery,
    @Within() scope: RowScope,
  ): Promise<StreamableFile> {
    await this.found(id, scope);
    const file = await bulletinFile(this.monitor.ports.store, id, format);
    if (file === null) throw new NotFoundException('the bulletin is not made yet');
    return new StreamableFile(file, {
      type: TYPES[format],
      // The page itself is shown; what it may do is said in it: nothing.
      disposition: format === 'html' ? 'inline' : `attachment; filename="bulletin-${id}.${format}"`,
    });
  }

  @Get(':id/since')
  @ApiParam(ID)
  @ApiOperation({
    summary:
      'What a monthly bulletin said and what the rows say of that month now: late data, appeals, corrected calendars, other rules',
  })
  async since(@Param('id', ParseIntPipe) id: number, @Within() scope: RowScope): Promise<object> {
    const row = await this.found(id, scope);
    if (row.kind !== 'monthly' || row.state !== 'made')
      throw new BadRequestException('只有已生成的月度通报可以与现在的数据比较');
    const { store, clock, settings } = this.monitor.ports;
    const rules = this.monitor.rules.current;
    const { scoreScheme } = settings;
    const now = clock.now();
    const since = await bulletinSince({ from: store, rules, scoreScheme }, row, now);
    return presentSince(since, new Presenter(rules, now));
  }

  private async found(id: number, scope: RowScope): Promise<BulletinRow> {
    const row = await findBulletin(this.monitor.ports.store, scope, id);
    if (row === null) throw new NotFoundException(`no bulletin has the id ${id}`);
    return row;
  }

  private shown(row: BulletinRow): object {
    const present = new Presenter(this.monitor.rules.current, this.monitor.ports.clock.now());
    return {
      ...row,
      departmentName: present.departmentName(row.department),
      madeAt: present.time(row.madeAt),
    };
  }
}
