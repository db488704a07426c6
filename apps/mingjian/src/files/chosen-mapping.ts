import type { ProcessSettings } from '@mingjian/log';
import { loadMapping, type Mapping } from '@mingjian/mapping';
import { loadRuleVersions } from '@mingjian/store';
import { approvedMapping, approvedName } from '../../../collector/src';
import type { DataDir } from '../daemon/data-dir';
import { readRows } from '../doctor/reader';

/**
 * The mapping that a command names: a file, `step-events`, or `approved:NAME`, what was approved last under that name on this
 * site. Looks only: the store is not opened, and need not be there for a file: `dir` is asked for what was approved alone.
 * @throws BadInputError where there is none, naming file, line and field of every fault.
 */
export async function chosenMapping(
  named: string,
  process: ProcessSettings,
  dir: () => DataDir,
): Promise<Mapping> {
  const name = approvedName({ mapping: named });
  if (name === null) return loadMapping(named);
  const rows = await readRows(process, dir(), 'rule_version', (from) => loadRuleVersions(from, ['mapping']));
  return approvedMapping(name, rows ?? [], '--mapping');
}
