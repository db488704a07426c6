import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { board } from '../parts/board';
import { CLOCK_WORDS, LOOK } from '../parts/look';
import { bars, number, overTime, perLight, words } from '../parts/panels';
import { casesOfChosen, CHANGES, withNames } from '../parts/queries';
import { table } from '../parts/tables';

const OF_CHOSEN = "COALESCE(department, 'unknown') REGEXP '^(${department:pipe})$'";
const ALL = '各监察进程读同一数据库，取最大值，不相加。';

/** 部门: the lights of the departments chosen above, how they came, and which cases they are. */
export function department(): DashboardBuilder {
  return board({
    uid: 'mingjian-department',
    title: '部门',
    about: '所选部门的灯、亮灯原因、发现的问题与办件清单。',
    from: 'now-7d',
    departments: true,
  })
    .withPanel(
      number(
        { title: '在办件', about: `所选部门在办件，按最差的灯。${ALL}`, width: 12 },
        perLight(casesOfChosen),
      ),
    )
    .withPanel(
      number(
        {
          title: '红灯率',
          about: `所选部门在办件中红灯所占的比例。${ALL}`,
          unit: 'percentunit',
          decimals: 1,
          width: 6,
        },
        [
          [
            `${casesOfChosen('red')} / sum(department_light:mingjian_cases:sum{department=~"$department"})`,
            '● 红灯率',
          ],
        ],
        {
          at: [
            [0.02, 'yellow'],
            [0.05, 'red'],
          ],
        },
      ),
    )
    .withPanel(
      number(
        {
          title: '时段内新亮红灯',
          about: '所选时段内变红的次数，含后来消除的。各进程相加。',
          unit: '次',
          decimals: 0,
          width: 6,
        },
        [
          [
            `sum(increase(mingjian_light_changes_total{to="red", department=~"$department"}[$__range]))`,
            '● 变红',
          ],
        ],
      ),
    )
    .withPanel(
      overTime(
        { title: '在办件的灯', about: `所选部门在办件。${ALL}`, unit: '件' },
        perLight(casesOfChosen).slice(0, 3),
        { stacked: true },
      ),
    )
    .withPanel(
      overTime(
        { title: '每小时变红，按时限', about: '哪一种时限超了。各进程相加。', unit: '次' },
        ['promise', 'statutory', 'acceptance', 'step', 'delivery'].map((clock) => [
          `sum(${CHANGES}{to="red", clock="${clock}", department=~"$department"})`,
          CLOCK_WORDS[clock] ?? clock,
        ]),
        { bars: true },
      ),
    )
    .withPanel(
      bars(
        { title: '● 红灯，按部门', about: `所选部门在办红灯件数。${ALL}`, unit: '件', width: 8 },
        [
          [
            `sort_desc(${withNames('department_light:mingjian_cases:sum{light="red", department=~"$department"}', 'name')})`,
            '{{name}}',
          ],
        ],
        [],
        LOOK.red.colour,
      ),
    )
    .withPanel(
      bars(
        {
          title: '发现的问题，时段内',
          about: '程序与数据质量问题的编号见《判定规则说明》。各进程相加。',
          unit: '个',
          width: 8,
        },
        [
          [
            'topk(12, sum by (code) (increase(mingjian_findings_total{department=~"$department"}[$__range])))',
            '{{code}}',
          ],
        ],
      ),
    )
    .withPanel(
      bars(
        {
          title: '亮灯变化的原因，时段内',
          about: '时间、事件、补报、日历、规则各引起多少次变化。各进程相加。',
          unit: '次',
          width: 8,
        },
        [
          ['time', '时间到期'],
          ['event', '环节事件'],
          ['late_data', '数据补报'],
          ['calendar', '日历变更'],
          ['rule', '规则变更'],
        ].map(([reason, word]) => [
          `sum(increase(mingjian_light_changes_total{reason="${reason}", department=~"$department"}[$__range]))`,
          word ?? '',
        ]),
      ),
    )
    .withPanel(
      table(
        { title: '红灯与黄灯办件', about: '所选部门的在办件，最急的在前，最多二百件。点办件号看依据。' },
        "SELECT case_no AS '办件号', department AS '部门', item_code AS '事项', light AS '灯', clock AS '时钟', " +
          "due_at AS '到期', step_light AS '环节灯' FROM open_case " +
          `WHERE light IN ('red', 'yellow') AND ${OF_CHOSEN} ORDER BY light_rank, urgent_at LIMIT 200`,
        {
          lights: ['灯', '环节灯'],
          pages: { 办件号: '/cases/' },
          words: { 时钟: words(CLOCK_WORDS) },
          instants: ['到期'],
        },
      ),
    );
}
