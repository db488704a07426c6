import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { board } from '../parts/board';
import { CLASS_WORDS, CLOCK_WORDS, LOOK } from '../parts/look';
import { bars, overTime, words } from '../parts/panels';
import { CHANGES } from '../parts/queries';
import { table } from '../parts/tables';

const OF_CHOSEN = "COALESCE(department, 'unknown') REGEXP '^(${department:pipe})$'";
const RECENT = '取最近两万次亮灯变化。';

/** 事项·窗口·岗位: which items, steps and posts the lights come from. */
export function items(): DashboardBuilder {
  return board({
    uid: 'mingjian-items',
    title: '事项·窗口·岗位',
    about: '灯出在哪些事项、哪个环节、哪个岗位。',
    from: 'now-7d',
    departments: true,
  })
    .withPanel(
      overTime(
        { title: '环节时限变红', about: '每小时环节超时的次数。各进程相加。', unit: '次' },
        [[`sum(${CHANGES}{to="red", clock="step", department=~"$department"})`, LOOK.red.text]],
        { bars: true },
      ),
    )
    .withPanel(
      bars(
        { title: '在办件的类别', about: '所选部门在办件按类别。各进程取最大值。', unit: '件' },
        Object.entries(CLASS_WORDS).map(([code, word]) => [
          `sum(department_item_class_light:mingjian_cases:max{item_class="${code}", department=~"$department"})`,
          word,
        ]),
      ),
    )
    .withPanel(
      table(
        { title: '事项', about: '在办件按事项和灯计数，红灯多的在前。', width: 12, height: 10 },
        "SELECT item_code AS '事项', department AS '部门', item_class AS '类别', SUM(light = 'red') AS '● 红', " +
          "SUM(light = 'yellow') AS '▲ 黄', SUM(light = 'grey') AS '◌ 灰', COUNT(*) AS '在办' FROM open_case " +
          `WHERE ${OF_CHOSEN} GROUP BY item_code, department, item_class ORDER BY 4 DESC, 5 DESC LIMIT 200`,
        { words: { 类别: words(CLASS_WORDS) } },
      ),
    )
    .withPanel(
      table(
        {
          title: '环节与岗位',
          about: `环节时钟变红、变黄的次数，按开始该环节的岗位。${RECENT}`,
          width: 12,
          height: 10,
        },
        "SELECT department AS '部门', post AS '岗位', step AS '环节', SUM(to_light = 'red') AS '● 变红', " +
          "SUM(to_light = 'yellow') AS '▲ 变黄', COUNT(DISTINCT case_no) AS '涉及办件' FROM step_light " +
          `WHERE $__timeFilter(became_at) AND ${OF_CHOSEN} GROUP BY department, post, step ORDER BY 4 DESC LIMIT 200`,
      ),
    )
    .withPanel(
      table(
        { title: '● 最近变红', about: `所选时段内变红的时钟，新的在前，最多二百次。${RECENT}` },
        "SELECT case_no AS '办件号', department AS '部门', item_code AS '事项', clock_kind AS '时钟', clock AS '时钟编号', " +
          "from_light AS '原灯', to_light AS '现灯', became_at AS '变化', due_at AS '到期' FROM recent_light_change " +
          `WHERE to_light = 'red' AND $__timeFilter(became_at) AND ${OF_CHOSEN} ORDER BY became_at DESC LIMIT 200`,
        {
          lights: ['原灯', '现灯'],
          pages: { 办件号: '/cases/' },
          words: { 时钟: words(CLOCK_WORDS) },
          instants: ['变化', '到期'],
        },
      ),
    );
}
