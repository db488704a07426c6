import type { DistrictTree } from '@mingjian/rules';
import type { Dimension } from '@mingjian/store';
import { maskPerson } from '../identity/personal-data/mask';
import type { ReportRules } from './report-rules';

/** 承诺件 and the others, as people read them. */
const CLASS_NAMES: Readonly<Record<string, string>> = {
  promised: '承诺件',
  'on-the-spot': '即办件',
  joint: '联办件',
  forwarded: '上报件',
  convenience: '便民服务',
};

/** How the groups of a table are called; one without a value is 不明. */
export function namesBy(
  by: Dimension | 'month',
  rules: ReportRules,
  tree: DistrictTree,
): (key: string | null) => string {
  const { departments, items } = rules.book.newest.ruleset.document;
  return (key) => {
    if (key === null) return '不明';
    switch (by) {
      case 'department':
        return departments[key]?.name ?? key;
      case 'item':
        return items[key]?.name ?? key;
      case 'district':
        return tree.name(key);
      case 'class':
        return CLASS_NAMES[key] ?? key;
      case 'officer':
        // A code is asked for; where a department sends a name it is not told.
        return maskPerson(key);
      default:
        return key;
    }
  };
}
