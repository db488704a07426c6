import { ORDER_STATES, OrderActBody, OrderContent } from '@mingjian/contracts';
import { listOrders, RowScope } from '@mingjian/store';
import { orderPage, receiptPage } from '../../../monitor/src/orders/order-page';
import { presentOrder, presentOrderRow } from '../../../monitor/src/orders/present-order';
import { ORDER_STATE_NAMES } from '../../../monitor/src/orders/order-words';
import type { OrderSeen } from '../../../monitor/src/orders/order-desk';
import { fileOf, idOf, personOf, withDesk, type ActOptions, type CliDesk } from './act-desk';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { mattersInWords, matterInWords, say } from './say-matter';

const MOST = 500;

/** `mingjian order`: supervision orders (督办单), as the API has them. */
export function orderCommand(
  action: string,
  id: string | undefined,
  options: ActOptions,
  io: Io,
): Promise<number> {
  return withDesk(options, io, async (desk) => {
    const { orders } = desk.desks;
    switch (action) {
      case 'list':
        return list(desk);
      case 'show':
        return show(desk, await orders.read(idOf(id), RowScope.everything));
      case 'print':
      case 'receipt': {
        const seen = await orders.read(idOf(id), RowScope.everything);
        const names = { department: desk.present.departmentName(seen.row.department) ?? seen.row.department };
        await io.out(action === 'print' ? orderPage(seen, names) : receiptPage(seen, names));
        return EXIT.done;
      }
      case 'issue': {
        const { who, scope } = await personOf(desk);
        return show(desk, await orders.issue(await fileOf(desk, OrderContent), who, scope, options.key));
      }
      case 'act': {
        const { who, scope } = await personOf(desk);
        const body = await fileOf(desk, OrderActBody);
        return show(desk, await orders.act(idOf(id), body, who, scope, options.key));
      }
      default:
        throw new UsageError(`order ${action}: the actions are list, show, print, receipt, issue and act`);
    }
  });
}

async function list(desk: CliDesk): Promise<number> {
  const { store, present, options } = desk;
  const state = ORDER_STATES.find((one) => one === options.state);
  if (options.state !== undefined && state === undefined)
    throw new UsageError(`--state: one of ${ORDER_STATES.join(', ')}`);
  const rows = await listOrders(store, { state, limit: MOST }, RowScope.everything);
  return say(
    desk,
    { orders: rows.map((row) => presentOrderRow(row, present)) },
    mattersInWords(desk, rows, ({ no, title }) => `${no} ${title}`, 'no orders'),
  );
}

function show(desk: CliDesk, seen: OrderSeen): Promise<number> {
  const { row, facts } = seen;
  const heading = `${row.no}  ${ORDER_STATE_NAMES[facts.state]}  ${facts.content.title}`;
  return say(desk, { order: presentOrder(seen, desk.present) }, matterInWords(desk, heading, seen));
}
