import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { board } from '../parts/board';
import { LIGHTS_SHOWN, LOOK } from '../parts/look';
import { bars, number, overTime } from '../parts/panels';
import { CASES, CHANGES, withNames } from '../parts/queries';

/** 大厅大屏: what everybody in the hall may see: numbers, no case and no person. */
export function screen(): DashboardBuilder {
  const dashboard = board({
    uid: 'mingjian-screen',
    title: '大厅大屏',
    about: '挂在大厅墙上：只有数字，没有办件号和人。',
    from: 'now-12h',
    refresh: '10s',
    wall: true,
  });
  for (const light of LIGHTS_SHOWN)
    dashboard.withPanel(
      number(
        { title: LOOK[light].text, about: '全市在办件。各监察进程取最大值。', width: 6, height: 7 },
        [[`light:mingjian_cases:sum{light="${light}"}`, LOOK[light].text]],
        { base: LOOK[light].colour },
      ),
    );
  return dashboard
    .withPanel(
      bars(
        { title: '● 红灯的部门', about: '在办红灯件，前八名。各监察进程取最大值。', unit: '件', height: 11 },
        [[`topk(8, ${withNames(`${CASES}{light="red"}`, 'name')})`, '{{name}}']],
        [],
        LOOK.red.colour,
      ),
    )
    .withPanel(
      overTime(
        { title: '每小时新亮的灯', about: '变红与变黄的次数。各进程相加。', unit: '次', height: 11 },
        [
          [`sum(${CHANGES}{to="red"})`, LOOK.red.text],
          [`sum(${CHANGES}{to="yellow"})`, LOOK.yellow.text],
        ],
        { bars: true },
      ),
    )
    .withPanel(
      number(
        {
          title: '来源在报',
          about: '有数据的来源占全部来源。各监察进程取最大值。',
          unit: 'percentunit',
          width: 12,
          decimals: 0,
        },
        [
          [
            'sum(source_state:mingjian_source_state:max{state="alive"}) / sum(source_state:mingjian_source_state:max)',
            '■ 在报',
          ],
        ],
      ),
    )
    .withPanel(
      number(
        {
          title: '数据延迟',
          about: '环节事件写入日志到判定提交，第 99 百分位。各进程相加。',
          unit: 's',
          width: 12,
        },
        [['histogram_quantile(0.99, le:mingjian_pipeline_seconds_bucket:rate5m)', '延迟']],
      ),
    );
}
