import type { LightStatistics } from '@mingjian/store';
import type { Block } from '../handover/document-block';

/** Lights of a period by department, gross and net. */
export function lightTable(
  lights: readonly LightStatistics[],
  nameOf: (code: string | null) => string,
): Block[] {
  if (lights.length === 0) return [{ kind: 'paragraph', indent: true, text: '本期未亮黄灯、红灯。' }];
  return [
    {
      kind: 'table',
      head: ['部门', '灯', '亮灯', '申诉成立撤销', '收回', '有效'],
      rows: lights.map(({ department, light, gross, upheld, withdrawn, net }) => [
        nameOf(department),
        light === 'red' ? '红灯' : '黄灯',
        ...[gross, upheld, withdrawn, net].map(String),
      ]),
    },
  ];
}
