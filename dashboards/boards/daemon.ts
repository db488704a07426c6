import { RowBuilder, type DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { board } from '../parts/board';
import { bars, number, overTime } from '../parts/panels';
import { flow, verdicts } from './daemon-work';

const ALL = '各进程读同一数据库，取最大值。';
const EACH = '每个进程一条线。';

/** 守护进程运行状态: whether the daemon does its work, for those who keep it running. */
export function daemon(): DashboardBuilder {
  const dashboard = board({
    uid: 'mingjian-daemon',
    title: '守护进程运行状态',
    about: '守护进程是否在做它该做的事。告警及处置见 docs/runbooks。',
    from: 'now-3h',
  });
  verdicts(dashboard);
  flow(dashboard);
  telling(dashboard);
  processes(dashboard);
  return dashboard;
}

function telling(dashboard: DashboardBuilder): void {
  dashboard
    .withRow(new RowBuilder('通知'))
    .withPanel(
      bars({ title: '待发消息', about: `按通道。${ALL}`, unit: '条', width: 8 }, [
        ['max by (channel) (mingjian_outbox)', '{{channel}}'],
      ]),
    )
    .withPanel(
      bars(
        { title: '无法送达的消息', about: `等人处理，按通道。${ALL}`, unit: '条', width: 8 },
        [['max by (channel) (mingjian_messages_dead)', '{{channel}}']],
        [[1, 'red']],
      ),
    )
    .withPanel(
      overTime(
        { title: '送达失败', about: '每小时，按通道与原因。各进程相加。', unit: '次', width: 8 },
        [
          [
            'sum by (channel, reason) (increase(mingjian_notification_failures_total[1h]))',
            '{{channel}} {{reason}}',
          ],
        ],
        { bars: true },
      ),
    );
}

function processes(dashboard: DashboardBuilder): void {
  dashboard
    .withRow(new RowBuilder('进程'))
    .withPanel(
      overTime({ title: '内存', about: EACH, unit: 'bytes', width: 8 }, [
        ['process_resident_memory_bytes{job="mingjian"}', '{{instance}}'],
      ]),
    )
    .withPanel(
      overTime({ title: '处理器', about: `占用的核数。${EACH}`, width: 8, decimals: 2 }, [
        ['rate(process_cpu_seconds_total{job="mingjian"}[5m])', '{{instance}}'],
      ]),
    )
    .withPanel(
      overTime({ title: '事件循环延迟', about: `第 99 百分位。${EACH}`, unit: 's', width: 8 }, [
        ['nodejs_eventloop_lag_p99_seconds{job="mingjian"}', '{{instance}}'],
      ]),
    )
    .withPanel(
      number(
        { title: '规则已生效', about: '1 磁盘上的规则已生效，0 有错、仍用旧规则。取最小值。', width: 8 },
        [['min(mingjian_rules_load_successful)', '生效为 1']],
      ),
    )
    .withPanel(
      number({ title: '已运行', about: EACH, unit: 's', width: 8 }, [
        ['time() - process_start_time_seconds{job="mingjian"}', '{{instance}}'],
      ]),
    )
    .withPanel(
      number(
        { title: '采集耗时', about: `Prometheus 读一次指标所需。${EACH}`, unit: 's', width: 8, decimals: 2 },
        [['scrape_duration_seconds{job="mingjian"}', '{{instance}}']],
      ),
    );
}
