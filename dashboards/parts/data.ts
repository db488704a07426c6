import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';

/** Both data sources are variables: a site chooses its own without touching the dashboards. */
export const PROMETHEUS: DataSourceRef = { type: 'prometheus', uid: '${prometheus}' };
export const DATABASE: DataSourceRef = { type: 'mysql', uid: '${database}' };

/** A series over the time range. `legend` may name labels, `{{source}}`. */
export function series(expr: string, legend: string): DataqueryBuilder {
  return new DataqueryBuilder().datasource(PROMETHEUS).expr(expr).legendFormat(legend).range();
}

/** The values of now. */
export function values(expr: string, legend: string): DataqueryBuilder {
  return new DataqueryBuilder().datasource(PROMETHEUS).expr(expr).legendFormat(legend).instant();
}

/** A query of Grafana's MySQL data source, which the SDK does not know. */
export interface SqlQuery extends Dataquery {
  refId: string;
  datasource: DataSourceRef;
  format: 'table';
  rawQuery: true;
  rawSql: string;
}

/** Rows of the database, read through the views of deploy/grafana/reader.sql. */
export class SqlQueryBuilder implements Builder<SqlQuery> {
  constructor(private readonly rawSql: string) {}

  build(): SqlQuery {
    return {
      refId: 'A',
      datasource: DATABASE,
      format: 'table',
      rawQuery: true,
      rawSql: this.rawSql,
      _implementsDataqueryVariant: () => undefined,
    };
  }
}
