import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { QuarantineRow } from '@mingjian/store';
import { Allow } from '../identity/principal';
import { Monitor } from '../monitor';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';
import { QuarantineQuery } from './query-schemas';

/** Records that could not be used: where they came from and what is wrong, never the record itself. */
@ApiTags('quarantine')
@Allow('inspector', 'administrator', 'auditor', 'operator')
@Controller('v1/quarantine')
export class QuarantineController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Records in quarantine, newest first, without their content' })
  async list(@Query(ProblemPipe) query: QuarantineQuery): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const rows = await store.reader.getRepository(QuarantineRow).find({
      where: { state: query.state },
      order: { receivedAt: 'DESC', id: 'ASC' },
      take: query.limit,
    });
    const present = new Presenter(this.monitor.rules.current, clock.now());
    return { records: rows.map((row) => present.quarantined(row)) };
  }
}
