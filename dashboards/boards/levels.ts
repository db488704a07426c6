import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { board } from '../parts/board';
import { LOOK } from '../parts/look';
import { bars, number, overTime, perLight } from '../parts/panels';
import { CASES, CHANGES, withNames } from '../parts/queries';

const ALL = '各监察进程读同一数据库，取最大值，不相加。';
const placed = (light: 'red' | 'yellow', place: 'district' | 'hall'): string =>
  `sum by (${place}) (${withNames(`${CASES}{light="${light}"}`, 'district', 'hall')})`;

/** 三级联动: the city, its districts and towns, and the halls and stations in them, side by side. */
export function levels(): DashboardBuilder {
  return board({
    uid: 'mingjian-levels',
    title: '三级联动（市/镇/村）',
    about:
      '同样的灯按市、镇（辖区）、村（大厅或便民服务站）三级展开。部门属于哪个辖区和大厅，由规则集写明；没有写明的归入“unknown”。',
    from: 'now-7d',
  })
    .withPanel(
      number(
        { title: '全市在办件', about: `按最差的灯计数。${ALL}`, width: 24 },
        perLight((light) => `light:mingjian_cases:sum{light="${light}"}`),
      ),
    )
    .withPanel(
      bars(
        { title: '● 红灯，按辖区', about: `在办红灯件。${ALL}`, unit: '件' },
        [[`sort_desc(${placed('red', 'district')})`, '{{district}}']],
        [],
        LOOK.red.colour,
      ),
    )
    .withPanel(
      bars(
        { title: '▲ 黄灯，按辖区', about: `在办黄灯件。${ALL}`, unit: '件' },
        [[`sort_desc(${placed('yellow', 'district')})`, '{{district}}']],
        [],
        LOOK.yellow.colour,
      ),
    )
    .withPanel(
      bars(
        { title: '● 红灯，按大厅与服务站', about: `在办红灯件。${ALL}`, unit: '件' },
        [[`sort_desc(${placed('red', 'hall')})`, '{{hall}}']],
        [],
        LOOK.red.colour,
      ),
    )
    .withPanel(
      bars(
        { title: '▲ 黄灯，按大厅与服务站', about: `在办黄灯件。${ALL}`, unit: '件' },
        [[`sort_desc(${placed('yellow', 'hall')})`, '{{hall}}']],
        [],
        LOOK.yellow.colour,
      ),
    )
    .withPanel(
      overTime({ title: '● 红灯率，按辖区', about: `在办件中红灯所占的比例。${ALL}`, unit: 'percentunit' }, [
        [
          `${placed('red', 'district')} / sum by (district) (${withNames(CASES, 'district', 'hall')})`,
          '{{district}}',
        ],
      ]),
    )
    .withPanel(
      overTime(
        { title: '每小时变红，按辖区', about: '各进程相加。', unit: '次' },
        [
          [
            `sum by (district) (${withNames(`sum by (department) (${CHANGES}{to="red"})`, 'district')})`,
            '{{district}}',
          ],
        ],
        { bars: true },
      ),
    )
    .withPanel(
      bars(
        {
          title: '● 红灯，辖区 · 大厅 · 部门',
          about: `最多二十行。${ALL}`,
          unit: '件',
          width: 24,
          height: 10,
        },
        [
          [
            `topk(20, ${withNames(`${CASES}{light="red"}`, 'district', 'hall', 'name')})`,
            '{{district}} · {{hall}} · {{name}}',
          ],
        ],
        [],
        LOOK.red.colour,
      ),
    );
}
