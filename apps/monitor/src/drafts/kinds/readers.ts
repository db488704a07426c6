import { DRAFT_KINDS, type DraftKind } from '@mingjian/contracts';
import { hasRole, type Principal } from '../../identity/principal';
import { DraftRefused } from '../draft-refused';
import { KINDS } from './index';

/** Kinds of documents that somebody may read. */
export function kindsFor(who: Principal): DraftKind[] {
  return DRAFT_KINDS.filter((kind) => hasRole(who, ...KINDS[kind].readers));
}

/** @throws DraftRefused where a document of this kind is not for somebody. */
export function requireReader(kind: DraftKind, who: Principal): void {
  if (!hasRole(who, ...KINDS[kind].readers))
    throw new DraftRefused('not-yours', `${KINDS[kind].name}只供管理员和审计人员查看`);
}
