import { APPEAL_STATE_NAMES } from '../../apps/monitor/src/appeals/appeal-words';
import { COMPLAINT_STATE_NAMES } from '../../apps/monitor/src/complaints/complaint-words';
import { ORDER_STATE_NAMES } from '../../apps/monitor/src/orders/order-words';
import { RATING_GRADE_NAMES } from '../../apps/monitor/src/ratings/rating-words';
import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { board } from '../parts/board';
import { SENT_WORDS } from '../parts/look';
import { bars, number, overTime, perLight, perWord, words } from '../parts/panels';
import { table } from '../parts/tables';

const ALL = '各监察进程读同一数据库，取最大值，不相加。';
const open = <T extends string>(
  names: Readonly<Record<T, string>>,
  ...states: readonly T[]
): Record<string, string> => Object.fromEntries(states.map((state) => [state, names[state]]));
const OPEN_ORDERS = open(ORDER_STATE_NAMES, 'awaiting-reply', 'awaiting-verification');
const OPEN_APPEALS = open(APPEAL_STATE_NAMES, 'filed', 'referred');
const OPEN_COMPLAINTS = open(
  COMPLAINT_STATE_NAMES,
  'registered',
  'accepted',
  'handling',
  'replied',
  'verified',
  'reviewing',
  'rechecking',
);
const AGES = {
  'under-1h': '一小时内',
  '1h-4h': '一至四小时',
  '4h-24h': '四小时至一天',
  'over-24h': '一天以上',
};

/** 投诉与督办: what was asked for and who has not answered. */
export function complaints(): DashboardBuilder {
  return board({
    uid: 'mingjian-complaints',
    title: '投诉与督办',
    about: '投诉、督办单、申诉、通知与签收：要求了什么，谁还没有答复。',
    from: 'now-7d',
  })
    .withPanel(
      number(
        { title: '投诉', about: `未办结的投诉，按灯。${ALL}`, width: 8 },
        perLight((light) => `sum(max by (state, light) (mingjian_complaints{light="${light}"}))`),
      ),
    )
    .withPanel(
      number(
        { title: '督办单', about: `未办结的督办单，按灯。${ALL}`, width: 8 },
        perLight((light) => `sum(max by (state, light) (mingjian_orders{light="${light}"}))`),
      ),
    )
    .withPanel(
      number(
        { title: '申诉', about: `未裁定的申诉，按灯。${ALL}`, width: 8 },
        perLight((light) => `sum(max by (state, light) (mingjian_appeals{light="${light}"}))`),
      ),
    )
    .withPanel(
      bars(
        { title: '投诉的状态', about: `未办结的投诉。${ALL}`, width: 8, height: 6, unit: '件' },
        perWord(
          OPEN_COMPLAINTS,
          (state) => `sum(max by (state, light) (mingjian_complaints{state="${state}"}))`,
        ),
      ),
    )
    .withPanel(
      bars(
        { title: '督办单的状态', about: `未办结的督办单。${ALL}`, width: 8, height: 6, unit: '件' },
        perWord(OPEN_ORDERS, (state) => `sum(max by (state, light) (mingjian_orders{state="${state}"}))`),
      ),
    )
    .withPanel(
      bars(
        { title: '申诉的状态', about: `未裁定的申诉。${ALL}`, width: 8, height: 6, unit: '件' },
        perWord(OPEN_APPEALS, (state) => `sum(max by (state, light) (mingjian_appeals{state="${state}"}))`),
      ),
    )
    .withPanel(
      bars(
        {
          title: '待签收',
          about: `必须签收而未签收的通知，按送达后的时间。${ALL}`,
          width: 12,
          height: 6,
          unit: '件',
        },
        perWord(AGES, (age) => `max(mingjian_unacknowledged{age="${age}"})`),
      ),
    )
    .withPanel(
      bars(
        {
          title: '好差评，时段内',
          about: '新收到的评价，按等级。各进程相加。',
          width: 6,
          height: 6,
          unit: '件',
        },
        perWord(
          RATING_GRADE_NAMES,
          (grade) => `sum(increase(mingjian_ratings_total{grade="${grade}"}[$__range]))`,
        ),
      ),
    )
    .withPanel(
      bars(
        { title: '时段内的通知', about: '按结果。各进程相加。', width: 6, height: 6, unit: '件' },
        perWord(
          SENT_WORDS,
          (result) => `sum(increase(mingjian_notifications_total{result="${result}"}[$__range]))`,
        ),
      ),
    )
    .withPanel(
      overTime(
        { title: '督办单', about: `未办结的督办单，按状态。${ALL}`, unit: '件' },
        perWord(OPEN_ORDERS, (state) => `sum(max by (state, light) (mingjian_orders{state="${state}"}))`),
        { stacked: true },
      ),
    )
    .withPanel(
      overTime({ title: '逾期的督办与申诉', about: `红灯的督办单、申诉和差评申诉。${ALL}`, unit: '件' }, [
        ['sum(max by (state, light) (mingjian_orders{light="red"}))', '● 督办逾期'],
        ['sum(max by (state, light) (mingjian_appeals{light="red"}))', '● 申诉逾期'],
        ['sum(max by (state, light) (mingjian_rating_appeals{light="red"}))', '● 差评申诉逾期'],
      ]),
    )
    .withPanel(
      table(
        { title: '投诉', about: '未办结的投诉，先到期的在前；检举控告不在此列。点编号打开。' },
        "SELECT id AS '编号', no AS '文号', department AS '被投诉部门', state AS '状态', light AS '灯', " +
          "due_at AS '期限', registered_at AS '登记' FROM complaint WHERE ended_at IS NULL ORDER BY due_at LIMIT 200",
        {
          lights: ['灯'],
          pages: { 编号: '/actions/complaints/' },
          words: { 状态: words(COMPLAINT_STATE_NAMES) },
          instants: ['期限', '登记'],
        },
      ),
    )
    .withPanel(
      table(
        { title: '督办单', about: '未办结的督办单，先到期的在前。点编号打开。', width: 12 },
        "SELECT id AS '编号', no AS '文号', department AS '部门', post AS '岗位', state AS '状态', light AS '灯', " +
          "due_at AS '答复期限', issued_at AS '发出' FROM supervision_order WHERE ended_at IS NULL " +
          'ORDER BY due_at LIMIT 200',
        {
          lights: ['灯'],
          pages: { 编号: '/actions/orders/' },
          words: { 状态: words(ORDER_STATE_NAMES) },
          instants: ['答复期限', '发出'],
        },
      ),
    )
    .withPanel(
      table(
        { title: '申诉', about: '未裁定的申诉，先到期的在前。点编号打开。', width: 12 },
        "SELECT id AS '编号', no AS '文号', case_no AS '办件号', department AS '部门', state AS '状态', light AS '灯', " +
          "due_at AS '裁定期限', filed_at AS '提出' FROM appeal WHERE ended_at IS NULL ORDER BY due_at LIMIT 200",
        {
          lights: ['灯'],
          pages: { 编号: '/actions/appeals/', 办件号: '/cases/' },
          words: { 状态: words(APPEAL_STATE_NAMES) },
          instants: ['裁定期限', '提出'],
        },
      ),
    )
    .withPanel(
      table(
        {
          title: '已办结的督办单与申诉，时段内',
          about: '所选时段内结束的，新的在前，最多二百件。',
        },
        "SELECT '督办单' AS '种类', no AS '文号', department AS '部门', state AS '结果', ended_at AS '结束' " +
          'FROM supervision_order WHERE $__timeFilter(ended_at) UNION ALL ' +
          "SELECT '申诉', no, department, state, ended_at FROM appeal WHERE $__timeFilter(ended_at) " +
          'ORDER BY 5 DESC LIMIT 200',
        {
          words: {
            结果: words({
              ...COMPLAINT_STATE_NAMES,
              ...ORDER_STATE_NAMES,
              ...APPEAL_STATE_NAMES,
              withdrawn: '撤销或撤回',
            }),
          },
          instants: ['结束'],
        },
      ),
    );
}
