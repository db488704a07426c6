import { Body, Controller, Get, HttpCode, Inject, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  AccountRow,
  keptBack,
  listMessages,
  listNotifications,
  messagesById,
  noticesById,
  type RowScope,
} from '@mingjian/store';
import { Allow, Who, Within, type Principal } from '../identity/principal';
import { refusal } from '../identity/refusals';
import { Monitor } from '../monitor';
import { acknowledge, release, revive } from '../notify/notify-acts';
import {
  AcknowledgeRequest,
  MessagesQuery,
  NotificationsQuery,
  ReleaseRequest,
  RetryRequest,
} from './notification-schemas';
import { Presenter } from './present';
import { presentMessage, presentNotification } from './present-notification';
import { ProblemPipe } from './problem-pipe';

const REFUSALS = {
  'not-found': [404, '没有这条通知'],
  'not-yours': [403, '只有被通知人可以签收'],
  'done-before': [409, '这条通知已经签收，或者已不需要签收'],
} as const;

/** 通知与签收: who was told what, who has taken note of it, and what is kept back until a person lets it go. */
@ApiTags('notifications')
@Allow('inspector', 'department-head', 'post', 'administrator', 'auditor')
@Controller('v1/notifications')
export class NotificationsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Notifications, newest first; those that wait for acknowledgement by age' })
  async list(
    @Query(ProblemPipe) query: NotificationsQuery,
    @Who() who: Principal,
    @Within() scope: RowScope,
  ): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const rows = await listNotifications(store, scope, {
      ...(query.mine ? { recipients: await this.recipientsOf(who) } : {}),
      isUnacknowledged: query.unacknowledged,
      caseNo: query.caseNo,
      after: query.after,
      limit: query.limit,
    });
    const messages = await messagesById(
      store,
      rows.map(({ messageId }) => messageId),
    );
    const notices = await noticesById(
      store,
      rows.map(({ noticeId }) => noticeId),
    );
    const now = clock.now();
    const present = new Presenter(this.monitor.rules.current, now);
    const book = this.monitor.notifier.keeper.current?.book ?? null;
    return {
      now: present.time(now),
      notifications: rows.map((row) =>
        presentNotification(row, messages.get(row.messageId), notices.get(row.noticeId), book, present, now),
      ),
      next: rows.length === query.limit ? (rows[rows.length - 1]?.id ?? null) : null,
    };
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @ApiParam({ name: 'id', description: 'Id of the notification' })
  @ApiOperation({ summary: 'Acknowledge what one was told; it stands for the whole role' })
  async acknowledge(
    @Param('id', ParseIntPipe) id: number,
    @Body(ProblemPipe) body: AcknowledgeRequest,
    @Who() who: Principal,
  ): Promise<object> {
    const mine = await this.recipientsOf(who);
    const { store, clock } = this.monitor.ports;
    const result = await acknowledge(
      store,
      id,
      who,
      (recipient) => mine.includes(recipient),
      body.remark ?? null,
      clock.now(),
    );
    if (result.ok) return { settled: result.settled };
    const [status, message] = REFUSALS[result.because];
    throw refusal(status, result.because, message);
  }

  @Get('held')
  @Allow('inspector', 'administrator', 'auditor', 'operator')
  @ApiOperation({ summary: 'What is kept back: by state, reason and grade' })
  async held(): Promise<object> {
    return { held: await keptBack(this.monitor.ports.store) };
  }

  @Post('held/release')
  @HttpCode(200)
  @Allow('administrator', 'operator')
  @ApiOperation({ summary: 'Let go what is kept back, or discard it; on record with who and why' })
  async release(@Body(ProblemPipe) body: ReleaseRequest, @Who() who: Principal): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const notices = await release(store, body, who, clock.now());
    this.monitor.notifier.wake();
    return { notices };
  }

  @Get('messages')
  @Allow('administrator', 'auditor', 'operator')
  @ApiOperation({ summary: 'Messages in a state, newest first, without their words' })
  async messages(@Query(ProblemPipe) query: MessagesQuery): Promise<object> {
    const { store, clock } = this.monitor.ports;
    const present = new Presenter(this.monitor.rules.current, clock.now());
    const rows = await listMessages(store, query.state, query.limit);
    return { messages: rows.map((row) => presentMessage(row, present)) };
  }

  @Post('messages/retry')
  @HttpCode(200)
  @Allow('administrator', 'operator')
  @ApiOperation({ summary: 'Try dead messages again; on record with who' })
  async retry(@Body(ProblemPipe) body: RetryRequest, @Who() who: Principal): Promise<object> {
    const { store, wall } = this.monitor.ports;
    const messages = await revive(store, body.channel ?? null, who, wall.now());
    this.monitor.notifier.wake();
    return { messages };
  }

  /** As whom the account is told: the recipients document names the account by its name. */
  private async recipientsOf(who: Principal): Promise<string[]> {
    const site = this.monitor.notifier.keeper.current;
    if (site === null || who.kind !== 'user') return [];
    const account = await this.monitor.ports.store.reader.getRepository(AccountRow).findOneBy({ id: who.id });
    return account === null ? [] : site.book.recipientsOf(account.name);
  }
}
