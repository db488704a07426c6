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
import { yamlOf } from '../drafts/draft-document';
import { todayOf } from '../drafts/draft-rows';
import { ruleVersions, type RuleVersion } from '../drafts/rule-versions';
import { Allow } from '../identity/principal';
import { WholeSite } from '../drafts/whole-site.guard';
import { Monitor } from '../monitor';
import { YAML_TYPE } from './draft-files.controller';
import { RuleVersionQuery } from './drafts.openapi';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';

/** Every version of rules and calendars, with who approved it; each as a file. */
@ApiTags('drafts')
@Allow('inspector', 'administrator', 'auditor')
@UseGuards(WholeSite)
@Controller('v1/rule-versions')
export class RuleVersionsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({
    summary: 'Versions of rulesets and calendars, the latest first: of files and approved ones',
  })
  async list(): Promise<object> {
    const present = new Presenter(this.monitor.rules.current, this.monitor.ports.clock.now());
    return {
      versions: (await this.versions()).map(({ document, standing, row }) => ({
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
  async document(@Query(ProblemPipe) { kind, id, version }: RuleVersionQuery): Promise<StreamableFile> {
    const found = (await this.versions()).find(
      ({ document }) => document.kind === kind && document.id === id && (document.version ?? '') === version,
    );
    if (found === undefined) throw new NotFoundException(`没有 ${id} 的版本 ${version}`);
    return new StreamableFile(Buffer.from(yamlOf(found.document.written)), {
      type: YAML_TYPE,
      disposition: `attachment; filename="${kind}.yaml"`,
    });
  }

  private versions(): Promise<RuleVersion[]> {
    const { rules, ports } = this.monitor;
    return ruleVersions(rules.current, ports.store, todayOf(rules.current, ports.clock.now()));
  }
}
