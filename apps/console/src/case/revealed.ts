import type { ReportedEvent } from '../api/answers';

/** What events say that is masked elsewhere, by {@link eventKey}. Kept in the page alone, until it is left. */
export type Revealed = ReadonlyMap<string, ReportedEvent['data']>;

export const eventKey = ({ source, id }: Pick<ReportedEvent, 'source' | 'id'>): string => `${source} ${id}`;
