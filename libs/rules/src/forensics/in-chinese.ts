import type { ForensicFinding, ForensicKind } from './forensic-finding';

type Figures = ForensicFinding['figures'];

/** What each finding says to a person, with its figures. It names what was seen, never guilt. */
export const FORENSIC_TEXTS: Readonly<Record<ForensicKind, (figures: Figures) => string>> = {
  'recorded-late': ({ lagMs, usualMs, dueAt }) =>
    `事后补录：事项发生${duration(lagMs)}后才收到记录（该数据源通常在${duration(usualMs)}以内）${crossed(dueAt)}`,
  'source-records-late': ({ usualMs }) =>
    `数据源报送迟缓：四分之一以上的记录在发生${duration(usualMs)}后才收到`,
  'steps-in-one-second': ({ steps, of }) => `${text(steps)}个环节在同一秒办结（${text(of)}）`,
  'source-records-whole-minutes': () => '数据源的时间只记到分钟，无法核查同一秒办结的环节',
  'source-records-dates': ({ type, time, share }) =>
    `数据源的 ${text(type)} 有 ${percent(share)} 记为 ${text(time)}，只有日期没有时刻，不作时刻核查`,
  'back-dated': ({ lagMs, dueAt }) =>
    `时间倒填：后续环节的记录收到之后，又补报了${duration(lagMs)}前的办理时间${crossed(dueAt)}`,
  'outside-hours': ({ when, times }) => `${when === 'night' ? '夜间' : '非工作日'}办理${text(times)}次`,
  'often-outside-hours': (figures) => `非工作时间办理的办件明显多于其他部门：${ofAll(figures)}`,
  'round-times': (figures) => `办理时间集中在整点和半点：${ofAll(figures)}`,
  'finished-just-before-limit': (figures) =>
    `临近承诺时限的办件集中在最后${duration(figures.windowMs)}办结：${ofAll(figures)}`,
  'finished-before-predecessor': ({ step, predecessor, byMs }) =>
    `环节 ${text(step)} 早于前置环节 ${text(predecessor)} 办结，相差${duration(byMs)}`,
  'reopened-after-decision': ({ step }) =>
    `办结之后又继续办理${step === null ? '' : `（环节 ${text(step)}）`}`,
  'filed-again': ({ earlierCase, usedShare, times }) =>
    `同一申请人同一事项重新申报（第${text(times)}次），前一办件 ${text(earlierCase)} 未出结果即终结，已用去承诺时限的 ${percent(usedShare)}`,
  'bulk-closing': ({ count, withinMs, batches }) =>
    `批量办结：${duration(withinMs)}内办结 ${text(count)} 件${Number(batches) > 1 ? `，本月共 ${text(batches)} 批` : ''}`,
  'zero-case-month': ({ months }) =>
    Number(months) > 1 ? `连续 ${text(months)} 个月零办件，应当督办` : '当月零办件，应当书面说明',
  'complaint-contradicts-record': () => '有投诉反映超时办理，而记录显示各时限均未超过',
  'applicant-contradicts-record': ({ tag }) => `申请人评价“${text(tag)}”，而记录显示各时限均未超过`,
};

/** A finding as one line of Chinese: what was seen, and how improbable that is by chance where a test was made. */
export function forensicFindingInChinese({
  kind,
  figures,
}: Pick<ForensicFinding, 'kind' | 'figures'>): string {
  const said = FORENSIC_TEXTS[kind](figures);
  return typeof figures.pValue === 'number' ? `${said}（偶然出现的概率 ${chance(figures.pValue)}）` : said;
}

function text(value: string | number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function ofAll({ count, of, share, expectedShare }: Figures): string {
  return `${text(of)} 件次中 ${text(count)} 件次，占 ${percent(share)}，正常不超过 ${percent(expectedShare)}`;
}

function crossed(dueAt: string | number | null | undefined): string {
  return typeof dueAt === 'number' ? '，时限在此期间届满' : '';
}

function percent(share: string | number | null | undefined): string {
  return `${(Number(share) * 100).toFixed(1)}%`;
}

function chance(pValue: number): string {
  return pValue < 1e-4 ? '不足万分之一' : `${(pValue * 100).toFixed(2)}%`;
}

function duration(ms: string | number | null | undefined): string {
  const seconds = Math.round(Number(ms) / 1000);
  if (seconds < 60) return ` ${seconds} 秒`;
  if (seconds < 3600) return ` ${Math.round(seconds / 60)} 分钟`;
  if (seconds < 86_400) return ` ${trimmed(seconds / 3600)} 小时`;
  return ` ${trimmed(seconds / 86_400)} 天`;
}

function trimmed(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
