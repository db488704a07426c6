import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { board } from '../parts/board';
import { CLOCK_WORDS, LOOK } from '../parts/look';
import { bars, number, overTime, perLight, words } from '../parts/panels';
import { CASES, CHANGES, CLOCKS, overdueQuantile, withNames } from '../parts/queries';
import { table } from '../parts/tables';

const ALL = '各监察进程读同一数据库，取最大值，不相加。';

/** 监察总览: what is red in the city, where, since when, and whether the numbers can be trusted. */
export function overview(): DashboardBuilder {
  return board({
    uid: 'mingjian-overview',
    title: '监察总览',
    about: '全市在办件的灯、变化与数据是否可信。',
  })
    .withPanel(
      number(
        { title: '在办件', about: `按最差的灯计数。${ALL}`, width: 12 },
        perLight((light) => `light:mingjian_cases:sum{light="${light}"}`),
      ),
    )
    .withPanel(
      number({ title: '静默来源', about: `超过其节律没有任何数据的来源，其办件为灰灯。${ALL}` }, [
        ['sum(source_state:mingjian_source_state:max{state="silent"})', '◌ 静默'],
        ['sum(source_state:mingjian_source_state:max)', '全部'],
      ]),
    )
    .withPanel(
      number(
        { title: '待签收超过四小时', about: `必须签收而未签收的通知。${ALL}` },
        [['sum(max by (age) (mingjian_unacknowledged{age=~"4h-24h|over-24h"}))', '件']],
        { at: [[1, 'yellow']] },
      ),
    )
    .withPanel(
      number(
        {
          title: '数据延迟',
          about: '环节事件写入日志到判定提交，第 99 百分位，近五分钟。各进程相加。',
          unit: 's',
        },
        [['histogram_quantile(0.99, le:mingjian_pipeline_seconds_bucket:rate5m)', '延迟']],
        {
          at: [
            [5, 'yellow'],
            [60, 'red'],
          ],
        },
      ),
    )
    .withPanel(
      overTime(
        { title: '在办件的灯', about: `红黄灰三种灯的件数；绿灯另见上方数字。${ALL}`, unit: '件' },
        perLight((light) => `light:mingjian_cases:sum{light="${light}"}`).slice(0, 3),
        { stacked: true },
      ),
    )
    .withPanel(
      overTime(
        {
          title: '每小时新亮的灯',
          about: '前一小时内变红、变黄的次数，只计守护进程自动亮灯。各进程相加。',
          unit: '次',
        },
        [
          [`sum(${CHANGES}{to="red"})`, LOOK.red.text],
          [`sum(${CHANGES}{to="yellow"})`, LOOK.yellow.text],
        ],
        { bars: true },
      ),
    )
    .withPanel(
      bars(
        { title: '● 红灯最多的部门', about: `在办红灯件数，前十名。${ALL}`, unit: '件', width: 8 },
        [[`topk(10, ${withNames(`${CASES}{light="red"}`, 'name')})`, '{{name}}']],
        [],
        LOOK.red.colour,
      ),
    )
    .withPanel(
      bars(
        { title: '▲ 黄灯最多的部门', about: `在办黄灯件数，前十名。${ALL}`, unit: '件', width: 8 },
        [[`topk(10, ${withNames(`${CASES}{light="yellow"}`, 'name')})`, '{{name}}']],
        [],
        LOOK.yellow.colour,
      ),
    )
    .withPanel(
      number(
        {
          title: '红灯已超期（工作时间）',
          about: `在办红灯件超过到期时刻的工作时间，按决定灯色的时钟。${ALL}`,
          unit: 's',
          width: 8,
          height: 8,
        },
        [
          [overdueQuantile(0.5), '一半不超过'],
          [overdueQuantile(0.9), '九成不超过'],
        ],
      ),
    )
    .withPanel(
      bars(
        { title: '● 红灯在哪个时限', about: `运行中的红色时钟。${ALL}`, unit: '个', width: 12, height: 7 },
        Object.entries(CLOCK_WORDS)
          .filter(([clock]) => clock !== 'manual')
          .map(([clock, word]) => [`${CLOCKS}{clock="${clock}", light="red"}`, word]),
        [],
        LOOK.red.colour,
      ),
    )
    .withPanel(
      bars(
        { title: '办件类别', about: `在办红灯件按类别。${ALL}`, unit: '件', width: 12, height: 7 },
        [
          ['promised', '承诺件'],
          ['on-the-spot', '即办件'],
          ['joint', '联办件'],
          ['forwarded', '上报件'],
          ['convenience', '便民件'],
        ].map(([code, word]) => [
          `item_class_light:mingjian_cases:sum{item_class="${code}", light="red"}`,
          `● ${word}`,
        ]),
        [],
        LOOK.red.colour,
      ),
    )
    .withPanel(
      table(
        { title: '● 红灯办件', about: '在办红灯件，超期最久的在前，最多二百件。点办件号看依据。' },
        "SELECT case_no AS '办件号', department AS '部门', item_code AS '事项', light AS '灯', clock AS '时钟', " +
          "due_at AS '到期', since AS '亮灯' FROM open_case WHERE light = 'red' ORDER BY urgent_at LIMIT 200",
        {
          lights: ['灯'],
          pages: { 办件号: '/cases/' },
          words: { 时钟: words(CLOCK_WORDS) },
          instants: ['到期', '亮灯'],
        },
      ),
    );
}
