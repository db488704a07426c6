import {
  Controller,
  Get,
  Header,
  Inject,
  NotFoundException,
  Query,
  StreamableFile,
  UseGuards,
} from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { answeredDraft } from '../drafts/answer-drafts';
import { yamlOf } from '../drafts/draft-document';
import { todayOf } from '../drafts/draft-rows';
import { KINDS } from '../drafts/kinds';
import { kindsFor } from '../drafts/kinds/readers';
import { ruleVersions, type RuleVersion } from '../drafts/rule-versions';
import { Allow, Who, type Principal } from '../identity/principal';
import { WholeSite } from '../drafts/whole-site.guard';
import { Monitor } from '../monitor';
import { YAML_TYPE } from './draft-files.controller';
import { RuleVersionQuery } from './drafts.openapi';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';

/** Every version of rules, calendars and recipients, with who approved it; each as a file. */
@ApiTags('drafts')
@Allow('inspector', 'administrator', 'auditor')
@UseGuards(WholeSite)
@Controller('v1/rule-versions')
export class RuleVersionsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({
    summary: 'Versions of rulesets, calendars and recipients, the latest first: of files and approved ones',
  })
  async list(@Who() who: Principal): Promise<object> {
    const present = new Presenter(this.monitor.rules.current, this.monitor.ports.clock.now());
    return {
      versions: (await this.versions(who)).map(({ document, standing, row }) => ({
        ...{ kind: document.kind, documentId: document.id, version: document.version },
        ...{ inForceFrom: document.inForceFrom, standing, origin: row === null ? 'file' : 'approved' },
        draftId: row?.draftId ?? null,
        approvedBy: row === null ? null : { id: row.approvedBy, name: row.approvedByName },
        approvedAt: row === null ? null : present.time(row.approvedAt),
        reason: row?.reason ?? null,
      })),
    };
  }

  @Get('document.yaml')
  @ApiOperation({ summary: 'One version as a file' })
  @ApiProduces('application/yaml')
  @Header('cache-control', 'no-store')
  async document(
    @Query(ProblemPipe) { kind, id, version }: RuleVersionQuery,
    @Who() who: Principal,
  ): Promise<StreamableFile> {
    const found = (await this.versions(who)).find(
      ({ document }) => document.kind === kind && document.id === id && (document.version ?? '') === version,
    );
    if (found === undefined) throw new NotFoundException(`没有 ${id} 的版本 ${version}`);
    await answeredDraft(async () => KINDS[kind].requireStorable?.(found.document.written));
    return new StreamableFile(Buffer.from(yamlOf(found.document.written)), {
      type: YAML_TYPE,
      disposition: `attachment; filename="${kind}.yaml"`,
    });
  }

  /** Of the kinds that somebody may read. */
  private async versions(who: Principal): Promise<RuleVersion[]> {
    const { drafts, ports } = this.monitor;
    const book = await drafts.book();
    const kinds = kindsFor(who);
    const all = await ruleVersions(book, ports.store, todayOf(book.rules, ports.clock.now()));
    return all.filter(({ document }) => kinds.includes(document.kind));
  }
}
