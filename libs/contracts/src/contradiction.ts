import type { Problem } from './problem';
import type { DraftKind } from './rule-draft';

/** What a document says of itself, and where it stands. */
interface Placed {
  file: string | null;
  version: string | null;
  /** `YYYY-MM-DD`; null for what has no first day. */
  inForceFrom: string | null;
}

/** A file says something else than what was approved in its place: what to do. */
export function contradiction(
  file: Placed,
  approved: Omit<Placed, 'file'> & { kind: DraftKind; id: string },
): Problem {
  const which = approved.kind === 'mapping' ? ` --document ${approved.id}` : '';
  const from = approved.inForceFrom === null ? '' : ` from ${approved.inForceFrom}`;
  return {
    place: file.file ?? '',
    field: approved.inForceFrom === null ? approved.kind : 'inForceFrom',
    expected: `nothing other than version ${approved.version ?? '(none)'} of ${approved.id}, approved for use${from}`,
    got: `another content of version ${file.version ?? '(none)'}${file.inForceFrom === null ? '' : ` from ${file.inForceFrom}`}`,
    hint: `write the approved text into the file (mingjian draft export --kind ${approved.kind}${which} --from-version ${approved.version ?? "''"}), or give the file as it was before back and change it by a draft`,
  };
}
