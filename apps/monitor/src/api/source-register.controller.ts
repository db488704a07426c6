import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { SourceName, writtenText } from '@mingjian/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { MatterIdPipe } from '../acts/answer-acts';
import { WholeSite } from '../drafts/whole-site.guard';
import { Allow, Who, type Principal } from '../identity/principal';
import { Monitor } from '../monitor';
import { answeredKey } from '../source-register/key-refused';
import { readRegister } from '../source-register/read-register';
import { SourceKeyDesk } from '../source-register/source-key-desk';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';

const reason = writtenText(2000).describe('Why; goes into the ledger');

export class NewKeyBody extends createZodDto(
  z.strictObject({
    source: SourceName.describe('A source of the approved register'),
    keepFormerHours: z
      .number()
      .int()
      .min(0)
      .max(720)
      .default(0)
      .describe('How long the key before stays good beside the new one; 0: it ends at once'),
    reason,
  }),
) {}

export class EndKeyBody extends createZodDto(z.strictObject({ reason })) {}

/** 来源登记与密钥: who may send, and the keys that they send with. Keys are acts of one administrator; the register changes by drafts. */
@ApiTags('sources')
@Allow('administrator')
@UseGuards(WholeSite)
@Controller('v1/sources')
export class SourceRegisterController {
  private readonly keys: SourceKeyDesk;

  constructor(@Inject(Monitor) private readonly monitor: Monitor) {
    const { store, wall } = monitor.ports;
    this.keys = new SourceKeyDesk(store, wall);
  }

  @Get('register')
  @Allow('administrator', 'auditor')
  @ApiOperation({
    summary: 'The approved register with the keys that are good, and sources heard of that it does not name',
  })
  register(): Promise<object> {
    const { store, clock, wall } = this.monitor.ports;
    const present = new Presenter(this.monitor.rules.current, clock.now());
    return readRegister(store, present, wall.now());
  }

  @Post('keys')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Issue a key for a registered source; answers it, this once' })
  issue(@Body(ProblemPipe) body: NewKeyBody, @Who() who: Principal): Promise<object> {
    return answeredKey(() => this.keys.issue(body, who.id));
  }

  @Post('keys/:id/end')
  @HttpCode(200)
  @ApiParam({ name: 'id', description: 'Id of the key' })
  @ApiOperation({ summary: 'End a key at once' })
  async end(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) body: EndKeyBody,
    @Who() who: Principal,
  ): Promise<object> {
    const { endsAt, ...ended } = await answeredKey(() => this.keys.end(id, body.reason, who.id));
    const present = new Presenter(this.monitor.rules.current, this.monitor.ports.clock.now());
    return { ...ended, endsAt: present.time(endsAt) };
  }
}
