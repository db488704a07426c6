import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATABASE, PROMETHEUS, SqlQueryBuilder } from './data';
import { NEUTRAL } from './look';

/** Tag of all dashboards of the product: their links find each other by it. */
const TAG = '明鉴';

const RULE_CHANGES =
  "SELECT UNIX_TIMESTAMP(at) AS time, '规则或日历变更' AS title, summary AS text FROM rule_change " +
  'WHERE $__timeFilter(at) ORDER BY at';

export interface BoardOptions {
  uid: string;
  title: string;
  about: string;
  /** From when on the dashboard shows, in Grafana's words. */
  from?: string;
  refresh?: string;
  /** Whether one can choose departments. */
  departments?: boolean;
  sources?: boolean;
  /** A wall shows no links and no choice. */
  wall?: boolean;
}

/** A dashboard with what all of them have: data sources, the console's address, links, rule changes as annotations. */
export function board(options: BoardOptions): DashboardBuilder {
  const { uid, title, about, from = 'now-24h', refresh = '30s', wall = false } = options;
  const dashboard = new DashboardBuilder(title)
    .uid(uid)
    .description(about)
    .tags([TAG])
    .timezone('browser')
    .weekStart('monday')
    .time({ from, to: 'now' })
    .refresh(refresh)
    .readonly()
    .withVariable(new DatasourceVariableBuilder('prometheus').label('指标数据源').type('prometheus'))
    .withVariable(new DatasourceVariableBuilder('database').label('业务数据库').type('mysql'))
    .withVariable(
      new TextBoxVariableBuilder('console').label('监督台地址').defaultValue('http://127.0.0.1:8080'),
    )
    .annotation(
      new AnnotationQueryBuilder()
        .name('规则与日历变更')
        .datasource(DATABASE)
        .enable(true)
        .iconColor(NEUTRAL)
        .target(new SqlQueryBuilder(RULE_CHANGES)),
    );
  if (options.departments) dashboard.withVariable(departments());
  if (options.sources) dashboard.withVariable(sources());
  if (wall) return dashboard;
  return dashboard
    .link(
      new DashboardLinkBuilder('明鉴看板')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .keepTime(true)
        .includeVars(true),
    )
    .link(
      new DashboardLinkBuilder('监督台')
        .type(DashboardLinkType.Link)
        .url('${console}/watch')
        .targetBlank(true),
    );
}

/** Departments by their names; the value is the code that the metrics carry. */
function departments(): QueryVariableBuilder {
  return new QueryVariableBuilder('department')
    .label('部门')
    .datasource(PROMETHEUS)
    .query({ query: 'query_result(mingjian_department_info)', refId: 'A' })
    .regex('/name="(?<text>[^"]+)|department="(?<value>[^"]+)/g')
    .refresh(VariableRefresh.OnDashboardLoad)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*');
}

function sources(): QueryVariableBuilder {
  return new QueryVariableBuilder('source')
    .label('来源')
    .datasource(PROMETHEUS)
    .query({ query: 'label_values(mingjian_source_state, source)', refId: 'A' })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*');
}
