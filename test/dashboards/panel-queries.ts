import { BOARDS } from '../../dashboards/boards';

/** A query of a panel, or of an annotation, as the dashboard has it. */
export interface PanelQuery {
  board: string;
  panel: string;
  kind: 'instant' | 'range' | 'sql';
  text: string;
}

interface Target {
  expr?: string;
  instant?: boolean;
  rawSql?: string;
}

/** Every query of every dashboard. */
export function panelQueries(): PanelQuery[] {
  return Object.entries(BOARDS).flatMap(([board, make]) => {
    const { panels = [], annotations } = make();
    const shown = [
      ...panels.map((panel) => ({
        name: panel.title ?? '',
        targets: 'targets' in panel ? (panel.targets ?? []) : [],
      })),
      ...(annotations.list ?? []).map(({ name, target }) => ({
        name,
        targets: target === undefined ? [] : [target],
      })),
    ];
    return shown.flatMap(({ name, targets }) =>
      (targets as unknown as Target[]).map(({ expr, instant, rawSql }) => ({
        board,
        panel: name,
        kind: rawSql !== undefined ? 'sql' : instant === true ? 'instant' : 'range',
        text: rawSql ?? expr ?? '',
      })),
    );
  });
}

/** Seconds of the time range in which a query is tried. */
export const RANGE_S = 300;

/** A query as Grafana would send it with every department and source chosen. @throws where a variable is not known. */
export function asSent({ text }: PanelQuery, now: number): string {
  const sent = text
    .replace(/\$__range\b/g, `${RANGE_S}s`)
    .replace(
      /\$__timeFilter\((\w+)\)/g,
      `$1 BETWEEN FROM_UNIXTIME(0) AND FROM_UNIXTIME(${Math.ceil(now / 1000)})`,
    )
    .replace(/\$\{department:pipe\}|\$(department|source)\b/g, '.*');
  if (/\$[\w{]/.test(sent)) throw new Error(`a variable that no dashboard has: ${sent}`);
  return sent;
}
