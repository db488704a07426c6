import {
  BadRequestException,
  Body,
  Controller,
  Get,
  Header,
  Inject,
  NotFoundException,
  Param,
  ParseIntPipe,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { BadInputError, problemText } from '@mingjian/contracts';
import { findHandover, handoverFile, listHandovers, type HandoverRow, type RowScope } from '@mingjian/store';
import { findLeads } from '../handover/choose-cases';
import { HandoverBody, HandoversQuery, LeadsQuery, PackageQuery } from '../handover/handover-schemas';
import { makeHandover } from '../handover/make-handover';
import { Allow, Who, Within, type Principal } from '../identity/principal';
import { Monitor } from '../monitor';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';

const ID = { name: 'id', description: 'Id of the entry in the register' };

/** 移交: what is handed to the discipline-inspection office. Never shown to departments: a lead may concern their head. */
@ApiTags('handovers')
@Allow('inspector', 'auditor')
@Controller('v1/handovers')
export class HandoversController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'The register of hand-overs, newest first' })
  async list(@Query(ProblemPipe) query: HandoversQuery, @Within() scope: RowScope): Promise<object> {
    const rows = await listHandovers(this.monitor.ports.store, scope, query, query.limit);
    return {
      handovers: rows.map((row) => this.shown(row)),
      next: rows.length === query.limit ? (rows[rows.length - 1]?.id ?? null) : null,
    };
  }

  @Get('leads')
  @ApiOperation({ summary: 'Departments that reached a threshold within a period' })
  async leads(@Query(ProblemPipe) query: LeadsQuery, @Within() scope: RowScope): Promise<object> {
    const { from, to, ...thresholds } = query;
    const present = this.presenter();
    const leads = await findLeads(this.monitor.ports.store, thresholds, from, to, scope);
    return {
      leads: leads.map((one) => ({ ...one, departmentName: present.departmentName(one.department) })),
    };
  }

  @Post()
  @Allow('inspector')
  @ApiOperation({ summary: 'Make both packages and register them under the next number of the year' })
  async make(
    @Body(ProblemPipe) body: HandoverBody,
    @Who() who: Principal,
    @Within() scope: RowScope,
  ): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const ports = { store, rules: this.monitor.rules.current, now: clock.now() };
    try {
      return this.shown(await makeHandover(ports, body.handover, { id: who.id, name: who.name }, scope));
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      throw new BadRequestException({
        statusCode: 400,
        message: error.problems.map(problemText).join('\n'),
        problems: error.problems,
      });
    }
  }

  @Get(':id/package')
  @ApiParam(ID)
  @ApiOperation({ summary: 'A package as it was made: for the inspection office, or for the unit concerned' })
  @ApiProduces('application/zip')
  @Header('cache-control', 'no-store')
  async download(
    @Param('id', ParseIntPipe) id: number,
    @Query(ProblemPipe) { variant }: PackageQuery,
    @Within() scope: RowScope,
  ): Promise<StreamableFile> {
    const { store } = this.monitor.ports;
    const row = await findHandover(store, scope, { id });
    if (row === null) throw new NotFoundException(`no hand-over has the id ${id}`);
    return new StreamableFile(await handoverFile(store, id, variant), {
      type: 'application/zip',
      disposition: `attachment; filename="handover-${id}-${variant}.zip"`,
    });
  }

  private shown(row: HandoverRow): object {
    const present = this.presenter();
    return {
      ...row,
      departmentName: present.departmentName(row.department),
      fromAt: present.timeOrNull(row.fromAt),
      toAt: present.timeOrNull(row.toAt),
      madeAt: present.time(row.madeAt),
    };
  }

  private presenter(): Presenter {
    return new Presenter(this.monitor.rules.current, this.monitor.ports.clock.now());
  }
}
