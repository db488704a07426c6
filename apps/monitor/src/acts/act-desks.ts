import type { Registry } from 'prom-client';
import type { Clock, Logger } from '@mingjian/runtime';
import {
  dueAppeals,
  dueComplaints,
  dueOrders,
  dueRatingAppeals,
  openAppeals,
  openComplaints,
  openOrders,
  openRatingAppeals,
  type Store,
} from '@mingjian/store';
import { AppealDesk } from '../appeals/appeal-desk';
import { CardDesk } from '../appeals/card-desk';
import { restoreCardLights } from '../appeals/restore-card-lights';
import { ComplaintDesk } from '../complaints/complaint-desk';
import { IssueByRule } from '../orders/issue-by-rule';
import { OrderDesk, type DeskPorts } from '../orders/order-desk';
import { ActSweep } from '../orders/order-sweep';
import { RatingAppealDesk } from '../ratings/rating-appeal-desk';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import { ActGauges } from './act-gauges';

/** What the desks need of the monitor. */
export interface ActPorts extends Omit<DeskPorts, 'book'> {
  registry: Registry;
  logger: Logger;
  clock: Clock;
  store: Store;
  rules: () => LoadedRuleBook;
  /** The key file of identities of complainants; null or left out: none are kept. */
  sealingKeys?: string | null;
}

/** 处置: what people do about lights, and what time brings to it. */
export class ActDesks {
  readonly orders: OrderDesk;
  readonly appeals: AppealDesk;
  readonly cards: CardDesk;
  readonly complaints: ComplaintDesk;
  readonly ratingAppeals: RatingAppealDesk;
  readonly sweep: ActSweep;

  constructor(ports: ActPorts) {
    const { store, clock, logger, rules } = ports;
    const desk: DeskPorts = { ...ports, book: () => rules().book };
    this.orders = new OrderDesk(desk);
    this.appeals = new AppealDesk(desk);
    this.cards = new CardDesk(desk);
    this.complaints = new ComplaintDesk(desk, ports.sealingKeys ?? null);
    this.ratingAppeals = new RatingAppealDesk(desk);
    const byRule = new IssueByRule(desk, this.orders);
    this.sweep = new ActSweep(
      store,
      clock,
      logger,
      rules,
      [
        {
          name: 'order',
          due: dueOrders,
          open: openOrders,
          advance: (...of) => this.orders.advance(...of),
        },
        {
          name: 'appeal',
          due: dueAppeals,
          open: openAppeals,
          advance: (...of) => this.appeals.advance(...of),
        },
        {
          name: 'complaint',
          due: dueComplaints,
          open: openComplaints,
          advance: (...of) => this.complaints.advance(...of),
        },
        {
          name: 'rating-appeal',
          due: dueRatingAppeals,
          open: openRatingAppeals,
          advance: (...of) => this.ratingAppeals.advance(...of),
        },
      ],
      (at) => byRule.runOnce(at),
      () => restoreCardLights(store, desk.book()),
    );
    new ActGauges(ports.registry, store);
  }

  /** Finishes what is in hand. */
  stop(): Promise<void> {
    return this.sweep.stop();
  }
}
