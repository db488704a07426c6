import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { DATABASE, SqlQueryBuilder } from './data';
import { LIGHT_MAPPING, type PanelText } from './panels';

/** Columns that need more than their text; a column is named as the query names it. */
export interface TableLook {
  /** Columns whose values are lights: shown with shape, word and colour. */
  lights?: readonly string[];
  /** Columns with a page of the console behind each value: column → path, `/cases/`. */
  pages?: Readonly<Record<string, string>>;
  /** Columns with words for their codes. */
  words?: Readonly<Record<string, ValueMapping>>;
  /** Columns of instants. */
  instants?: readonly string[];
}

/** Rows of the database. Reading them needs the database of a distributed set-up: SQLite has no data source in Grafana. */
export function table(
  { title, about, width = 24, height = 9 }: PanelText,
  sql: string,
  look: TableLook = {},
): TableBuilder {
  const panel = new TableBuilder()
    .title(title)
    .description(about)
    .datasource(DATABASE)
    .span(width)
    .height(height)
    .filterable(true)
    .noValue('—')
    .withTarget(new SqlQueryBuilder(sql));
  for (const column of look.lights ?? [])
    panel.overrideByName(column, [
      { id: 'mappings', value: [LIGHT_MAPPING] },
      { id: 'custom.cellOptions', value: { type: 'color-text' } },
      { id: 'custom.width', value: 90 },
    ]);
  for (const [column, mapping] of Object.entries(look.words ?? {}))
    panel.overrideByName(column, [{ id: 'mappings', value: [mapping] }]);
  for (const column of look.instants ?? [])
    panel.overrideByName(column, [{ id: 'unit', value: 'time:YYYY-MM-DD HH:mm' }]);
  for (const [column, path] of Object.entries(look.pages ?? {}))
    panel.overrideByName(column, [
      {
        id: 'links',
        value: [
          {
            title: '在监督台打开',
            url: '${console}' + path + '${__value.raw:percentencode}',
            targetBlank: true,
          },
        ],
      },
    ]);
  return panel;
}
