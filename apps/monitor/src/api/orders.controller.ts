import { Body, Controller, Get, Header, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { listOrders, type RowScope } from '@mingjian/store';
import { OrderActDto, OrderContentBody, OrdersQuery } from '../acts/act-bodies';
import { answeredAct, IdempotencyKeyPipe, MatterIdPipe } from '../acts/answer-acts';
import { Allow, Who, Within, type Principal } from '../identity/principal';
import { Monitor } from '../monitor';
import type { OrderSeen } from '../orders/order-desk';
import { ORDER_PAGE_POLICY, orderPage, receiptPage } from '../orders/order-page';
import { presentOrder, presentOrderRow } from '../orders/present-order';
import { Presenter } from './present';
import { ProblemPipe } from './problem-pipe';

const ID = { name: 'id', description: 'Id of the order' };
const KEY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'Submitted again with it, the act is done once',
};

/** 督办: supervision orders. A department sees and answers its own; inspectors issue, verify and close them. */
@ApiTags('orders')
@Allow('inspector', 'department-head', 'post', 'administrator', 'auditor')
@Controller('v1/orders')
export class OrdersController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Orders, newest first' })
  async list(@Query(ProblemPipe) query: OrdersQuery, @Within() scope: RowScope): Promise<object> {
    const rows = await listOrders(this.monitor.ports.store, query, scope);
    const present = this.presenter();
    return {
      orders: rows.map((row) => presentOrderRow(row, present)),
      next: rows.length === query.limit ? (rows[rows.length - 1]?.id ?? null) : null,
    };
  }

  @Get(':id')
  @ApiParam(ID)
  @ApiOperation({ summary: 'One order with its clocks and everything that was done about it' })
  async one(@Param('id', MatterIdPipe) id: number, @Within() scope: RowScope): Promise<object> {
    return this.shown(await answeredAct(() => this.monitor.acts.orders.read(id, scope)));
  }

  @Post()
  @Allow('inspector')
  @ApiHeader(KEY)
  @ApiOperation({ summary: 'Issue an order; its number is the next of the year' })
  async issue(
    @Body(ProblemPipe) body: OrderContentBody,
    @Who() who: Principal,
    @Within() scope: RowScope,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<object> {
    const { orders } = this.monitor.acts;
    const known = new IdempotencyKeyPipe().transform(key);
    return this.shown(await answeredAct(() => orders.issue(body, who, scope, known)));
  }

  @Post(':id/acts')
  @HttpCode(200)
  @Allow('inspector', 'department-head', 'post')
  @ApiParam(ID)
  @ApiHeader(KEY)
  @ApiOperation({
    summary:
      'Reply and ask for an extension (the department); grant or refuse it, return, close, withdraw (inspectors)',
  })
  async act(
    @Param('id', MatterIdPipe) id: number,
    @Body(ProblemPipe) body: OrderActDto,
    @Who() who: Principal,
    @Within() scope: RowScope,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<object> {
    const { orders } = this.monitor.acts;
    const known = new IdempotencyKeyPipe().transform(key);
    return this.shown(await answeredAct(() => orders.act(id, body, who, scope, known)));
  }

  @Get(':id/order.html')
  @ApiParam(ID)
  @ApiOperation({ summary: 'The order as a page to print and to seal' })
  @ApiProduces('text/html')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', ORDER_PAGE_POLICY)
  async page(@Param('id', MatterIdPipe) id: number, @Within() scope: RowScope): Promise<string> {
    const seen = await answeredAct(() => this.monitor.acts.orders.read(id, scope));
    return orderPage(seen, this.names(seen));
  }

  @Get(':id/receipt.html')
  @ApiParam(ID)
  @ApiOperation({ summary: 'The receipt (回执) as a page to print, with the reply if there is one' })
  @ApiProduces('text/html')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', ORDER_PAGE_POLICY)
  async receipt(@Param('id', MatterIdPipe) id: number, @Within() scope: RowScope): Promise<string> {
    const seen = await answeredAct(() => this.monitor.acts.orders.read(id, scope));
    return receiptPage(seen, this.names(seen));
  }

  private names(seen: OrderSeen): { department: string } {
    return { department: this.presenter().departmentName(seen.row.department) ?? seen.row.department };
  }

  private shown(seen: OrderSeen): object {
    return { order: presentOrder(seen, this.presenter()) };
  }

  private presenter(): Presenter {
    return new Presenter(this.monitor.rules.current, this.monitor.ports.clock.now());
  }
}
