import type { ProcessSettings } from '@mingjian/log';
import { loadRuleVersions, type RuleVersionRow } from '@mingjian/store';
import type { DataDir } from '../daemon/data-dir';
import { readRows } from './reader';

/** What was approved in the store of a site. Looks only: tables of an older version stay as they are. */
export interface Approved {
  rows: RuleVersionRow[];
  /** How the rows could not be read, as the end of a line; empty where they could. */
  told: string;
}

/** Every approved version, in order; none where the store cannot be read, and that is told. */
export async function approvedRows(process: ProcessSettings, dir: DataDir): Promise<Approved> {
  try {
    const rows = await readRows(process, dir, 'rule_version', loadRuleVersions);
    return { rows: rows ?? [], told: '' };
  } catch {
    return { rows: [], told: '; what is approved in the store could not be read: the file alone was judged' };
  }
}
