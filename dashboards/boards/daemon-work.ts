import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { LOOK } from '../parts/look';
import { number, overTime } from '../parts/panels';
import { lagQuantile } from '../parts/queries';

const ALL = '各进程读同一数据库，取最大值。';
const QUANTILES = [
  [0.5, '一半不超过'],
  [0.99, '99% 不超过'],
] as const;

/** Whether verdicts can be trusted. */
export function verdicts(dashboard: DashboardBuilder): void {
  dashboard
    .withRow(new RowBuilder('判定是否可信'))
    .withPanel(
      number(
        { title: '到期未亮灯', about: `稽核最近一次发现的件数，必须为 0。${ALL}`, unit: '件' },
        [['sum(max by (kind) (mingjian_audit_cases))', '件']],
        { at: [[1, 'red']] },
      ),
    )
    .withPanel(
      number(
        { title: '上次稽核通过', about: '距今多久。取最近的一个进程。', unit: 's' },
        [['time() - max(mingjian_audit_last_passed_timestamp_seconds)', '之前']],
        {
          at: [
            [120, 'yellow'],
            [300, 'red'],
          ],
        },
      ),
    )
    .withPanel(
      number(
        { title: '两套算法不一致', about: '时段内的次数，必须为 0。各进程相加。', unit: '次', decimals: 0 },
        [['sum(increase(mingjian_second_opinion_mismatches_total[$__range]))', '次']],
        { at: [[1, 'red']] },
      ),
    )
    .withPanel(
      number(
        {
          title: '无法判定',
          about: '时段内判定失败的次数，其办件为灰灯。各进程相加。',
          unit: '次',
          decimals: 0,
        },
        [['sum(increase(mingjian_judge_failures_total[$__range]))', '次']],
        { at: [[1, 'yellow']] },
      ),
    )
    .withPanel(
      number(
        { title: '留痕账本', about: '1 完好，0 有一行与写入时不符。取最小值。' },
        [['min(mingjian_ledger_intact)', '完好为 1']],
        { base: LOOK.red.colour, at: [[1, 'green']] },
      ),
    )
    .withPanel(
      number(
        { title: '日历还剩', about: '距已公布日历的末日。取最小值。', unit: 'd' },
        [['min by (calendar) (mingjian_calendar_days_left)', '{{calendar}}']],
        {
          base: LOOK.red.colour,
          at: [
            [14, 'yellow'],
            [30, 'green'],
          ],
        },
      ),
    )
    .withPanel(
      overTime(
        {
          title: '亮灯迟滞',
          about: '法定时刻到灯提交，近五分钟。各进程相加；五分钟内没有到期的灯时为空。',
          unit: 's',
        },
        QUANTILES.map(([quantile, word]) => [lagQuantile(quantile, 'lit'), word]),
      ),
    )
    .withPanel(
      overTime({ title: '第二意见', about: '每小时由第二套算法复核的办件。各进程相加。', unit: '件' }, [
        ['sum(increase(mingjian_second_opinion_checked_total[1h]))', '复核'],
      ]),
    );
}

/** What comes in, and how long it takes. */
export function flow(dashboard: DashboardBuilder): void {
  dashboard
    .withRow(new RowBuilder('数据流'))
    .withPanel(
      overTime(
        { title: '等待判定的环节事件', about: `按分区。${ALL}`, unit: '条' },
        [['partition:mingjian_log_lag:max', '分区 {{partition}}']],
        { stacked: true },
      ),
    )
    .withPanel(
      overTime(
        { title: '写入日志到判定提交', about: '近五分钟。各进程相加。', unit: 's' },
        QUANTILES.map(([quantile, word]) => [
          `histogram_quantile(${quantile}, le:mingjian_pipeline_seconds_bucket:rate5m)`,
          word,
        ]),
      ),
    )
    .withPanel(
      overTime(
        {
          title: '各环节多久没有进展',
          about: '没有事情可做时也会增长；与等待的条数一起看。取最近的进程。',
          unit: 's',
        },
        [['time() - max by (stage) (mingjian_last_progress_timestamp_seconds)', '{{stage}}']],
      ),
    )
    .withPanel(
      overTime(
        { title: '数据库', about: '一次事务或查询的时长，第 99 百分位，近五分钟。各进程相加。', unit: 's' },
        [
          ['write', '事务'],
          ['read', '查询'],
        ].map(([operation, word]) => [
          `histogram_quantile(0.99, sum by (le) (rate(mingjian_store_seconds_bucket{operation="${operation}"}[5m])))`,
          word ?? '',
        ]),
      ),
    )
    .withPanel(
      overTime(
        { title: '数据库失败', about: '每小时失败的事务与查询，多数会重试。各进程相加。', unit: '次' },
        [['sum by (operation) (increase(mingjian_store_failures_total[1h]))', '{{operation}}']],
        { bars: true },
      ),
    )
    .withPanel(
      overTime(
        {
          title: 'Kafka 消费者',
          about: '每小时重启、再平衡与被拒的提交。只在用 Kafka 时有。各进程相加。',
          unit: '次',
        },
        [
          ['sum(increase(mingjian_kafka_restarts_total[1h]))', '重启'],
          ['sum(increase(mingjian_kafka_rebalances_total[1h]))', '再平衡'],
          ['sum(increase(mingjian_kafka_refused_commits_total[1h]))', '被拒的提交'],
        ],
      ),
    );
}
