import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  StreamableFile,
  UseGuards,
} from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { DraftImport } from '@mingjian/contracts';
import { MatterIdPipe } from '../acts/answer-acts';
import { answeredDraft } from '../drafts/answer-drafts';
import { yamlOf } from '../drafts/draft-document';
import { documentOf } from '../drafts/draft-rows';
import { itemsSheet } from '../drafts/items-sheet';
import { presentDraft } from '../drafts/present-draft';
import { refusal } from '../identity/refusals';
import { Allow, Who, type Principal } from '../identity/principal';
import { WholeSite } from '../drafts/whole-site.guard';
import { Monitor } from '../monitor';
import { DraftImportBody } from './drafts.openapi';
import { draftView } from './drafts-view';
import { ProblemPipe } from './problem-pipe';

const ID = { name: 'id', description: 'Id of the draft' };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const YAML_TYPE = 'application/yaml; charset=utf-8';

/** Drafts as files: administrators live in Excel. */
@ApiTags('drafts')
@Allow('inspector', 'administrator', 'auditor')
@UseGuards(WholeSite)
@Controller('v1/drafts')
export class DraftFilesController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get(':id/document.yaml')
  @ApiParam(ID)
  @ApiOperation({ summary: 'The document of a draft as a file' })
  @ApiProduces('application/yaml')
  @Header('cache-control', 'no-store')
  async yaml(@Param('id', MatterIdPipe) id: number, @Who() who: Principal): Promise<StreamableFile> {
    const row = await answeredDraft(() => this.monitor.drafts.readFor(who, id));
    return new StreamableFile(Buffer.from(yamlOf(documentOf(row))), {
      type: YAML_TYPE,
      disposition: `attachment; filename="draft-${id}.yaml"`,
    });
  }

  @Get(':id/items.xlsx')
  @ApiParam(ID)
  @ApiOperation({ summary: 'Items and limits of a draft as a workbook, to be changed and imported again' })
  @ApiProduces(XLSX)
  @Header('cache-control', 'no-store')
  async items(@Param('id', MatterIdPipe) id: number, @Who() who: Principal): Promise<StreamableFile> {
    const row = await answeredDraft(() => this.monitor.drafts.readFor(who, id));
    if (row.kind !== 'ruleset') throw refusal(404, 'not-found', '只有规则集有事项');
    return new StreamableFile(await itemsSheet(documentOf(row)), {
      type: XLSX,
      disposition: `attachment; filename="items-${id}.xlsx"`,
    });
  }

  @Post(':id/import')
  @HttpCode(200)
  @Allow('administrator')
  @ApiParam(ID)
  @ApiOperation({
    summary: 'Put a file in place of the document, or of its items and limits; all of it or nothing',
  })
  async import(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) body: DraftImportBody,
    @Who() who: Principal,
  ): Promise<object> {
    const { row, imported } = await answeredDraft(() =>
      this.monitor.drafts.import(id, body as DraftImport, who),
    );
    return { draft: presentDraft(row, await draftView(this.monitor, who)), imported };
  }
}
