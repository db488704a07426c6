import { onBeforeUnmount, ref, type Ref } from 'vue';
import type { AppealRow, NotificationRow, OrderRow } from '../actions/answers';
import { api, read } from '../api/client';
import type { WaitingLight } from '../cards/cards';
import type { RatingAppealRow } from '../ratings/answers';
import { now } from '../time/page-clock';
import { instant } from '../time/texts';

/** What waits for somebody; null where it could not be read. `isMore`: so many at least. */
export interface Waiting {
  orders: number | null;
  appeals: number | null;
  ratingAppeals: number | null;
  notifications: number | null;
  cards: number | null;
}

const MOST = 200;
const EVERY_MS = 30_000;

/** 督办逾期, 申诉待裁, 差评申诉待核定, 待签收超时, 待发牌: read now and again, since nobody is told of them by the stream of lights. */
export function useWaiting(): Ref<Waiting> {
  const waiting = ref<Waiting>({
    orders: null,
    appeals: null,
    ratingAppeals: null,
    notifications: null,
    cards: null,
  });
  const isPast = (dueAt: string | null): boolean => (instant(dueAt) ?? Infinity) < (now.value ?? 0);
  async function load(): Promise<void> {
    const [orders, appeals, ratingAppeals, notifications, cards] = await Promise.allSettled([
      read<{ orders: OrderRow[] }>(
        api.GET('/v1/orders', { params: { query: { state: 'awaiting-reply', light: 'red', limit: MOST } } }),
      ),
      read<{ appeals: AppealRow[] }>(
        api.GET('/v1/appeals', { params: { query: { state: 'filed', limit: MOST } } }),
      ),
      read<{ appeals: RatingAppealRow[] }>(
        api.GET('/v1/rating-appeals', { params: { query: { state: 'filed', limit: MOST } } }),
      ),
      read<{ notifications: NotificationRow[] }>(
        api.GET('/v1/notifications', { params: { query: { unacknowledged: 'true', limit: MOST } } }),
      ),
      read<{ waiting: WaitingLight[] }>(api.GET('/v1/cards/waiting', { params: { query: { limit: MOST } } })),
    ]);
    waiting.value = {
      orders: orders.status === 'fulfilled' ? orders.value.orders.length : null,
      appeals: appeals.status === 'fulfilled' ? appeals.value.appeals.length : null,
      ratingAppeals: ratingAppeals.status === 'fulfilled' ? ratingAppeals.value.appeals.length : null,
      notifications:
        notifications.status === 'fulfilled'
          ? notifications.value.notifications.filter(({ ackDueAt }) => isPast(ackDueAt)).length
          : null,
      cards: cards.status === 'fulfilled' ? cards.value.waiting.length : null,
    };
  }
  void load();
  const timer = setInterval(() => void (document.visibilityState === 'visible' && load()), EVERY_MS);
  onBeforeUnmount(() => clearInterval(timer));
  return waiting;
}
