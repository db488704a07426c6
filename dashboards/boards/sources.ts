import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { board } from '../parts/board';
import { EVENT_RESULT_WORDS } from '../parts/look';
import { bars, number, overTime, perWord } from '../parts/panels';
import { table } from '../parts/tables';

const ALL = '各监察进程读同一数据库，取最大值，不相加。';
const CHOSEN = 'source=~"$source"';

/** 数据来源与数据质量: who sends, how late, what cannot be used. */
export function sources(): DashboardBuilder {
  return board({
    uid: 'mingjian-sources',
    title: '数据来源与数据质量',
    about: '各来源是否有数据、迟多久、丢没丢、有多少不能用。来源静默时其办件为灰灯，不算绿灯。',
    sources: true,
  })
    .withPanel(
      number({ title: '来源', about: `在报与静默的来源数。${ALL}`, width: 8 }, [
        [`sum(source_state:mingjian_source_state:max{state="alive", ${CHOSEN}})`, '■ 在报'],
        [`sum(source_state:mingjian_source_state:max{state="silent", ${CHOSEN}})`, '◌ 静默'],
      ]),
    )
    .withPanel(
      number(
        {
          title: '少到的环节事件',
          about: `来源称已报送而近三十一天没有收到的条数。${ALL}`,
          unit: '条',
          width: 8,
        },
        [[`sum(max by (source) (mingjian_source_events_missing{${CHOSEN}}))`, '少到']],
        { at: [[1, 'yellow']] },
      ),
    )
    .withPanel(
      number(
        {
          title: '时段内被隔离',
          about: '不能用、原样保存待人处理的记录。各进程相加。',
          unit: '条',
          width: 8,
          decimals: 0,
        },
        [[`sum(increase(mingjian_quarantined_total{source=~"$source|unknown"}[$__range]))`, '隔离']],
        { at: [[1, 'yellow']] },
      ),
    )
    .withPanel(
      bars({ title: '静默最久的来源', about: `距最后一次数据或心跳，前二十名。${ALL}`, unit: 's' }, [
        [`topk(20, source:mingjian_source_silent_seconds:max{${CHOSEN}})`, '{{source}}'],
      ]),
    )
    .withPanel(
      overTime(
        { title: '收到的环节事件', about: '每秒条数，按结果。各进程相加。', unit: 'cps' },
        perWord(
          EVENT_RESULT_WORDS,
          (result) =>
            `sum(source_result:mingjian_events:rate5m{result="${result}", source=~"$source|unknown"})`,
        ),
        { stacked: true },
      ),
    )
    .withPanel(
      bars(
        {
          title: '报送延迟，时段内',
          about: '环节发生到收到，每个来源的中位数，最迟的在前。各进程相加。',
          unit: 's',
        },
        [
          [
            `topk(20, histogram_quantile(0.5, sum by (source, le) (increase(mingjian_event_delay_seconds_bucket{${CHOSEN}}[$__range]))))`,
            '{{source}}',
          ],
        ],
      ),
    )
    .withPanel(
      bars({ title: '隔离的原因，时段内', about: '各进程相加。', unit: '条' }, [
        [
          'topk(12, sum by (reason) (increase(mingjian_quarantined_total{source=~"$source|unknown"}[$__range])))',
          '{{reason}}',
        ],
      ]),
    )
    .withPanel(
      overTime(
        { title: '来源的时钟偏差', about: `最近一次心跳时来源的时钟比我们快多少。${ALL}`, unit: 's' },
        [[`max by (source) (mingjian_source_clock_offset_seconds{${CHOSEN}})`, '{{source}}']],
      ),
    )
    .withPanel(
      overTime(
        { title: '采集任务等待的记录', about: `上次读取后还剩下的记录或文件。各进程取最大值。`, unit: '条' },
        [['max by (feed) (mingjian_feed_waiting)', '{{feed}}']],
      ),
    )
    .withPanel(
      bars({ title: '采集任务多久没有读到底', about: '只有正在执行该任务的进程报告。', unit: 's' }, [
        ['max by (feed) (mingjian_feed_position_age_seconds)', '{{feed}}'],
      ]),
    )
    .withPanel(
      overTime(
        { title: '采集任务失败', about: '每小时失败后重试的次数。各进程相加。', unit: '次' },
        [['sum by (feed) (increase(mingjian_feed_failures_total[1h]))', '{{feed}}']],
        { bars: true },
      ),
    )
    .withPanel(
      table(
        {
          title: '隔离中的记录',
          about: '等人处理的记录，新的在前，最多二百条；不含记录内容，内容在监督台查看。',
        },
        "SELECT source AS '来源', feed AS '途径', reason AS '原因', field AS '字段', received_at AS '收到' " +
          "FROM quarantined WHERE state = 'held' ORDER BY received_at DESC LIMIT 200",
        { instants: ['收到'] },
      ),
    );
}
