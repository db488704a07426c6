import { Body, Controller, HttpCode, Inject, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { appendLedger, BESIDE_THE_SHARDS, findCaseFile, loadTimelines, type RowScope } from '@mingjian/store';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { ProblemPipe } from '../../api/problem-pipe';
import { Monitor } from '../../monitor';
import { act } from '../acts';
import { Allow, Who, Within, type Principal } from '../principal';
import { maskedMembers } from './masked-event';

export class PersonalDataBody extends createZodDto(
  z.strictObject({
    because: z.string().trim().min(2).max(200).describe('Why it has to be known; goes into the ledger'),
  }),
) {}

/** What the case page shows masked, to who has a reason to see it. */
@ApiTags('cases')
@Allow('inspector')
@Controller('v1/cases')
export class PersonalDataController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Post(':id/personal-data')
  @HttpCode(200)
  @ApiParam({ name: 'id', description: 'Case number' })
  @ApiOperation({
    summary:
      'What the events of a case say that is masked elsewhere; that somebody asked, and why, goes into the ledger',
  })
  async reveal(
    @Param('id') caseNo: string,
    @Body(ProblemPipe) { because }: PersonalDataBody,
    @Who() who: Principal,
    @Within() scope: RowScope,
  ): Promise<object> {
    const { store } = this.monitor.ports;
    if ((await findCaseFile(store, scope, caseNo)) === null)
      throw new NotFoundException(`no case has the number ${JSON.stringify(caseNo.slice(0, 80))}`);
    const events = ((await loadTimelines(store, [caseNo])).get(caseNo) ?? []).flatMap((event) => {
      const members = maskedMembers(event);
      if (members.length === 0) return [];
      const data: Readonly<Record<string, unknown>> = event.data;
      const shown = Object.fromEntries(members.map((member) => [member, data[member]]));
      return [{ source: event.source, id: event.id, data: shown }];
    });
    // What was shown is no secret to the ledger's readers only by its name: never by what it says.
    const members = [...new Set(events.flatMap(({ data }) => Object.keys(data)))].sort();
    const now = this.monitor.ports.wall.now();
    await store.write(
      (transaction) =>
        appendLedger(transaction, [
          act('case.personal-data-read', now, who.id, caseNo, { because, members }),
        ]),
      BESIDE_THE_SHARDS,
    );
    return { events };
  }
}
