import type { Presenter } from '../../api/present';
import type { KnownMapping } from './mapping-book';

/** A mapping in use, with the feeds that read with it. */
export function presentMapping({ name, held, feeds }: KnownMapping, present: Presenter): object {
  const { approved: draft, version } = held;
  return {
    ...{ name, version, draft },
    source: typeof held.written.source === 'string' ? held.written.source : null,
    origin: draft === null ? 'file' : 'approved',
    feeds: feeds.map(({ feed, kind, toldAt }) => ({ feed, kind, toldAt: present.time(toldAt) })),
    approved: draft === null ? null : { draft, version },
    // What a collector told is what it reads with, until it tells of something else.
    pending:
      draft !== null && feeds.some(({ digest, isAbandoned }) => digest !== held.digest && !isAbandoned),
  };
}
