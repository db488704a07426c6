import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { listCards, listWaitingLights, type RowScope } from '@mingjian/store';
import {
  CardContentBody,
  CardsQuery,
  CardWithdrawalBody,
  LightDecisionBody,
  WaitingLightsQuery,
} from '../acts/act-bodies';
import { answeredAct, IdempotencyKeyPipe, MatterIdPipe } from '../acts/answer-acts';
import { presentCard, presentCardRow, presentLightIssue } from '../appeals/present-appeal';
import { Allow, Who, Within, type Principal } from '../identity/principal';
import { Monitor } from '../monitor';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';

const ID = { name: 'id', description: 'Id of the card' };
const KEY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'Submitted again with it, the act is done once',
};

/** 人工发牌: lights that inspectors give by hand. */
@ApiTags('cards')
@Allow('inspector', 'department-head', 'post', 'administrator', 'auditor')
@Controller('v1/cards')
export class CardsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Cards, newest first' })
  async list(@Query(ProblemPipe) query: CardsQuery, @Within() scope: RowScope): Promise<object> {
    const rows = await listCards(this.monitor.ports.store, query, scope);
    const present = this.presenter();
    return {
      cards: rows.map((row) => presentCardRow(row, present)),
      next: rows.length === query.limit ? (rows[rows.length - 1]?.id ?? null) : null,
    };
  }

  @Get('waiting')
  @ApiOperation({ summary: 'Lights that wait for confirmation by a person (待发), newest first' })
  async waiting(@Query(ProblemPipe) query: WaitingLightsQuery, @Within() scope: RowScope): Promise<object> {
    const lights = await listWaitingLights(this.monitor.ports.store, query, scope);
    const present = this.presenter();
    return {
      waiting: lights.map((light) => presentLightIssue(light, null, present)),
      next: lights.length === query.limit ? (lights[lights.length - 1]?.id ?? null) : null,
    };
  }

  @Post('waiting/:id/decision')
  @HttpCode(200)
  @Allow('inspector')
  @ApiParam({ name: 'id', description: 'Id of the light change' })
  @ApiOperation({
    summary: 'Issue a light that waits, or cancel it; decided again in the same way changes nothing',
  })
  async decide(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) body: LightDecisionBody,
    @Who() who: Principal,
    @Within() scope: RowScope,
  ): Promise<object> {
    const { light, decided } = await answeredAct(() => this.monitor.acts.cards.decide(id, body, who, scope));
    return presentLightIssue(light, decided, this.presenter());
  }

  @Get(':id')
  @ApiParam(ID)
  @ApiOperation({ summary: 'One card with what was done about it' })
  async one(@Param('id', MatterIdPipe) id: number, @Within() scope: RowScope): Promise<object> {
    const seen = await answeredAct(() => this.monitor.acts.cards.read(id, scope));
    return { card: presentCard(seen, this.presenter()) };
  }

  @Post()
  @Allow('inspector')
  @ApiHeader(KEY)
  @ApiOperation({ summary: 'Give a case a yellow or red light by hand, with the reason' })
  async issue(
    @Body(ProblemPipe) body: CardContentBody,
    @Who() who: Principal,
    @Within() scope: RowScope,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<object> {
    const known = new IdempotencyKeyPipe().transform(key);
    const seen = await answeredAct(() => this.monitor.acts.cards.issue(body, who, scope, known));
    return { card: presentCard(seen, this.presenter()) };
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Allow('inspector')
  @ApiParam(ID)
  @ApiHeader(KEY)
  @ApiOperation({ summary: 'Take a card back' })
  async withdraw(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) body: CardWithdrawalBody,
    @Who() who: Principal,
    @Within() scope: RowScope,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<object> {
    const known = new IdempotencyKeyPipe().transform(key);
    const seen = await answeredAct(() => this.monitor.acts.cards.withdraw(id, body, who, scope, known));
    return { card: presentCard(seen, this.presenter()) };
  }

  private presenter(): Presenter {
    return new Presenter(this.monitor.rules.current, this.monitor.ports.clock.now());
  }
}
