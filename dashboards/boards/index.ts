import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { complaints } from './complaints';
import { daemon } from './daemon';
import { department } from './department';
import { items } from './items';
import { levels } from './levels';
import { overview } from './overview';
import { screen } from './screen';
import { sources } from './sources';

/** All dashboards by the name of their file, in the order in which one looks at them. */
export const BOARDS: Readonly<Record<string, () => Dashboard>> = Object.fromEntries(
  Object.entries({ overview, department, items, complaints, sources, levels, screen, daemon }).map(
    ([name, make]) => [name, () => make().build()],
  ),
);

/** The committed text of a dashboard. */
export function jsonOf(name: string): string {
  return `${JSON.stringify(BOARDS[name]?.(), null, 2)}\n`;
}
