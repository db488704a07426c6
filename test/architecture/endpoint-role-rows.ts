import type { Role } from '../../apps/monitor/src/identity/principal';

/** Who may use an endpoint, decided here once more, apart from the code: the two have to agree. */
export interface EndpointRow {
  /** `open`: nobody is asked. */
  may: readonly Role[] | 'open';
  /** What is asked for in place of the path's parameters, where any value will not do. */
  path?: string;
  body?: unknown;
  /** What those who may are answered; left out: anything but 401 and 403, and no fault of ours. */
  status?: number;
  /** Numbers by department for whoever scrapes, with the names of all departments: cases are named nowhere. */
  namesDepartments?: boolean;
  /** Runs for as long as somebody listens: only who is refused is looked at; a spec of its own looks at the rest. */
  isStream?: boolean;
}

const EVERYBODY: readonly Role[] = [
  'inspector',
  'department-head',
  'post',
  'administrator',
  'auditor',
  'operator',
];
const WHO_SEES_CASES: readonly Role[] = ['inspector', 'department-head', 'post', 'administrator', 'auditor'];
const WHO_ACTS: readonly Role[] = ['inspector', 'department-head', 'post'];
const ABOVE_DEPARTMENTS: readonly Role[] = ['inspector', 'administrator', 'auditor', 'operator'];
const WHO_READS_BULLETINS: readonly Role[] = ['inspector', 'department-head', 'administrator', 'auditor'];
const WHO_READS_THE_LEDGER: readonly Role[] = ['inspector', 'administrator', 'auditor'];
/** Drafts name every department: they are no matter of one. */
const WHO_READS_DRAFTS: readonly Role[] = ['inspector', 'administrator', 'auditor'];
const VERSION = { version: 1 };

/**
 * One row for every endpoint of the monitor. What department people are answered must hold nothing of another department,
 * whatever the row says.
 */
export const ENDPOINT_ROWS: Readonly<Record<string, EndpointRow>> = {
  'GET /v1/overview': { may: EVERYBODY, status: 200 },
  'GET /v1/sources': { may: EVERYBODY, status: 200 },
  'GET /v1/sources/balances': { may: EVERYBODY, status: 200 },
  'GET /v1/sources/register': { may: ['administrator', 'auditor'], status: 200 },
  'POST /v1/sources/keys': {
    may: ['administrator'],
    body: { source: 'urn:dept:housing', reason: '新系统上线' },
    status: 422,
  },
  'POST /v1/sources/keys/:id/end': {
    may: ['administrator'],
    path: '/v1/sources/keys/999/end',
    body: { reason: '密钥外泄' },
    status: 404,
  },
  'GET /v1/lights': { may: WHO_SEES_CASES, status: 200 },
  'GET /v1/lights/stream': { may: WHO_SEES_CASES, isStream: true },
  'GET /v1/cases': { may: WHO_SEES_CASES, status: 200, path: '/v1/cases?open=true' },
  'GET /v1/cases/:id': { may: WHO_SEES_CASES, path: '/v1/cases/MARKET-SECRET-1' },
  'GET /v1/cases/:id/explanation': { may: WHO_SEES_CASES, path: '/v1/cases/MARKET-SECRET-1/explanation' },
  'GET /v1/cases/:id/explanation.html': {
    may: WHO_SEES_CASES,
    path: '/v1/cases/MARKET-SECRET-1/explanation.html',
  },
  'POST /v1/cases/:id/personal-data': {
    may: ['inspector'],
    path: '/v1/cases/MARKET-SECRET-1/personal-data',
    body: {},
    status: 400,
  },
  'GET /v1/findings': { may: WHO_SEES_CASES, status: 200 },
  'GET /v1/forensics/findings': { may: ['inspector', 'department-head', 'auditor'], status: 200 },
  'GET /v1/quarantine': { may: ABOVE_DEPARTMENTS, status: 200 },
  'GET /v1/rules': { may: EVERYBODY, status: 200 },
  'GET /v1/calendar': { may: EVERYBODY, status: 200 },
  'POST /v1/calendar/notice-preview': {
    may: ['inspector', 'administrator', 'auditor'],
    body: { text: '国务院办公厅关于2027年部分节假日安排的通知', knownSince: '2026-11-04' },
    status: 200,
  },
  'GET /v1/rules/what-if': {
    may: ['inspector', 'administrator', 'auditor'],
    path: '/v1/rules/what-if?item=A0101&promise=3wd&since=2026-09-01&until=2026-09-30',
    status: 200,
  },
  'GET /v1/drafts': { may: WHO_READS_DRAFTS, status: 200 },
  'POST /v1/drafts': { may: ['administrator'], body: {}, status: 400 },
  'GET /v1/drafts/:id': { may: WHO_READS_DRAFTS, path: '/v1/drafts/999', status: 404 },
  'PUT /v1/drafts/:id': {
    may: ['administrator'],
    path: '/v1/drafts/999',
    body: { document: {} },
    status: 428,
  },
  'GET /v1/drafts/:id/diff': { may: WHO_READS_DRAFTS, path: '/v1/drafts/999/diff', status: 404 },
  'POST /v1/drafts/:id/acts': {
    may: ['administrator'],
    path: '/v1/drafts/999/acts',
    body: { type: 'approve', version: 1 },
    status: 404,
  },
  'GET /v1/drafts/:id/impact': { may: WHO_READS_DRAFTS, path: '/v1/drafts/999/impact', status: 404 },
  'POST /v1/drafts/:id/impact': {
    may: ['administrator'],
    path: '/v1/drafts/999/impact',
    body: {},
    status: 404,
  },
  'DELETE /v1/drafts/:id/impact': { may: ['administrator'], path: '/v1/drafts/999/impact', status: 404 },
  'GET /v1/drafts/:id/document.yaml': {
    may: WHO_READS_DRAFTS,
    path: '/v1/drafts/999/document.yaml',
    status: 404,
  },
  'GET /v1/drafts/:id/items.xlsx': { may: WHO_READS_DRAFTS, path: '/v1/drafts/999/items.xlsx', status: 404 },
  'POST /v1/drafts/:id/import': {
    may: ['administrator'],
    path: '/v1/drafts/999/import',
    body: { format: 'yaml', version: 1, content: 'ruleset: test' },
    status: 404,
  },
  'POST /v1/drafts/:id/trial': {
    may: ['administrator'],
    path: '/v1/drafts/999/trial',
    body: { text: 'a', format: 'csv' },
    status: 404,
  },
  'GET /v1/mappings': { may: ['administrator', 'auditor', 'operator'], status: 200 },
  'GET /v1/rule-versions': { may: WHO_READS_DRAFTS, status: 200 },
  'GET /v1/rule-versions/document.yaml': {
    may: WHO_READS_DRAFTS,
    path: '/v1/rule-versions/document.yaml?kind=ruleset&id=test&version=1',
    status: 200,
  },
  'GET /v1/statistics': {
    may: WHO_SEES_CASES,
    path: '/v1/statistics?since=2026-09-01&until=2026-09-30',
    status: 200,
  },
  'GET /v1/reports/statistics': {
    may: WHO_SEES_CASES,
    path: '/v1/reports/statistics?since=2026-09&until=2026-09',
    status: 200,
  },
  'GET /v1/bulletins': { may: WHO_READS_BULLETINS, status: 200 },
  'GET /v1/bulletins/:id': { may: WHO_READS_BULLETINS, path: '/v1/bulletins/999', status: 404 },
  'GET /v1/bulletins/:id/file': { may: WHO_READS_BULLETINS, path: '/v1/bulletins/999/file', status: 404 },
  'GET /v1/bulletins/:id/since': { may: WHO_READS_BULLETINS, path: '/v1/bulletins/999/since', status: 404 },
  'POST /v1/bulletins': { may: ['inspector'], body: {}, status: 400 },
  'GET /v1/reports/scores': {
    may: ['inspector', 'department-head', 'administrator', 'auditor'],
    path: '/v1/reports/scores?month=2026-09',
    status: 404,
  },

  'GET /v1/orders': { may: WHO_SEES_CASES, status: 200 },
  'GET /v1/orders/:id': { may: WHO_SEES_CASES, path: '/v1/orders/1', status: 404 },
  'GET /v1/orders/:id/order.html': { may: WHO_SEES_CASES, path: '/v1/orders/1/order.html', status: 404 },
  'GET /v1/orders/:id/receipt.html': { may: WHO_SEES_CASES, path: '/v1/orders/1/receipt.html', status: 404 },
  'GET /v1/complaints': { may: WHO_SEES_CASES, status: 200 },
  'GET /v1/complaints/leads': { may: ['inspector'], status: 200 },
  'GET /v1/complaints/:id': { may: WHO_SEES_CASES, path: '/v1/complaints/1', status: 404 },
  'POST /v1/complaints': { may: ['inspector'], body: {}, status: 400 },
  'POST /v1/complaints/:id/acts': {
    may: WHO_ACTS,
    path: '/v1/complaints/1/acts',
    body: {},
    status: 400,
  },
  'POST /v1/complaints/:id/complainant': {
    may: ['inspector'],
    path: '/v1/complaints/1/complainant',
    body: {},
    status: 400,
  },
  'GET /v1/ratings': { may: WHO_SEES_CASES, status: 200 },
  'GET /v1/ratings/statistics': {
    may: WHO_SEES_CASES,
    path: '/v1/ratings/statistics?since=2026-09&until=2026-09',
    status: 200,
  },
  'GET /v1/rating-appeals': { may: WHO_SEES_CASES, status: 200 },
  'GET /v1/rating-appeals/:id': { may: WHO_SEES_CASES, path: '/v1/rating-appeals/1', status: 404 },
  'POST /v1/rating-appeals': { may: WHO_ACTS, body: {}, status: 400 },
  'POST /v1/rating-appeals/:id/acts': {
    may: WHO_ACTS,
    path: '/v1/rating-appeals/1/acts',
    body: {},
    status: 400,
  },
  'POST /v1/orders': { may: ['inspector'], body: {}, status: 400 },
  'POST /v1/orders/:id/acts': { may: WHO_ACTS, path: '/v1/orders/1/acts', body: {}, status: 400 },
  'GET /v1/appeals': { may: WHO_SEES_CASES, status: 200 },
  'GET /v1/appeals/statistics': {
    may: WHO_SEES_CASES,
    path: '/v1/appeals/statistics?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z',
    status: 200,
  },
  'GET /v1/appeals/:id': { may: WHO_SEES_CASES, path: '/v1/appeals/1', status: 404 },
  'POST /v1/appeals': { may: WHO_ACTS, body: {}, status: 400 },
  'POST /v1/appeals/:id/acts': { may: WHO_ACTS, path: '/v1/appeals/1/acts', body: {}, status: 400 },
  'GET /v1/cards': { may: WHO_SEES_CASES, status: 200 },
  'GET /v1/cards/:id': { may: WHO_SEES_CASES, path: '/v1/cards/1', status: 404 },
  'GET /v1/cards/waiting': { may: WHO_SEES_CASES, status: 200 },
  'POST /v1/cards/waiting/:id/decision': {
    may: ['inspector'],
    path: '/v1/cards/waiting/1/decision',
    body: {},
    status: 400,
  },
  'POST /v1/cards': { may: ['inspector'], body: {}, status: 400 },
  'POST /v1/cards/:id/withdrawal': {
    may: ['inspector'],
    path: '/v1/cards/1/withdrawal',
    body: {},
    status: 400,
  },

  'GET /v1/notifications': { may: WHO_SEES_CASES, status: 200 },
  'POST /v1/notifications/:id/acknowledge': { may: WHO_SEES_CASES },
  'GET /v1/notifications/held': { may: ABOVE_DEPARTMENTS, status: 200 },
  'POST /v1/notifications/held/release': { may: ['administrator', 'operator'] },
  'GET /v1/notifications/messages': { may: ['administrator', 'auditor', 'operator'], status: 200 },
  'POST /v1/notifications/messages/retry': { may: ['administrator', 'operator'] },

  'GET /v1/ledger': { may: WHO_READS_THE_LEDGER, status: 200 },
  'GET /v1/ledger/public-key': { may: WHO_READS_THE_LEDGER, status: 404 },
  'GET /v1/ledger/entries': {
    may: WHO_READS_THE_LEDGER,
    path: '/v1/ledger/entries?subject=MARKET-SECRET-1',
    status: 200,
  },
  'GET /v1/ledger/proof': {
    may: WHO_READS_THE_LEDGER,
    path: '/v1/ledger/proof?subject=NOBODYS-CASE-1',
    status: 404,
  },
  'GET /v1/handovers': { may: ['inspector', 'auditor'], status: 200 },
  'GET /v1/handovers/leads': {
    may: ['inspector', 'auditor'],
    path: '/v1/handovers/leads?from=2026-09-01T00:00:00Z&to=2026-09-30T00:00:00Z&red=1',
    status: 200,
  },
  'POST /v1/handovers': { may: ['inspector'], body: {}, status: 400 },
  'GET /v1/handovers/:id/package': {
    may: ['inspector', 'auditor'],
    path: '/v1/handovers/1/package',
    status: 404,
  },

  'GET /v1/session': { may: EVERYBODY, status: 200 },
  'POST /v1/session': { may: 'open' },
  'GET /v1/session/ways': { may: 'open', status: 200 },
  'GET /v1/session/oidc/start': { may: 'open', status: 404 },
  'GET /v1/session/oidc/callback': { may: 'open', status: 404 },
  'GET /v1/session/oidc/sign-out': { may: 'open', status: 302 },
  'POST /v1/session/oidc/backchannel-logout': { may: 'open', body: {}, status: 404 },
  'DELETE /v1/session': { may: EVERYBODY, status: 204 },
  'GET /v1/account/sessions': { may: EVERYBODY, status: 200 },
  'DELETE /v1/account/sessions/:id': { may: EVERYBODY, status: 404 },
  'DELETE /v1/account/sessions': { may: EVERYBODY, status: 204 },
  'POST /v1/account/password': { may: EVERYBODY, body: {}, status: 400 },
  'POST /v1/account/second-factor': { may: EVERYBODY, body: {}, status: 400 },
  'POST /v1/account/second-factor/confirm': { may: EVERYBODY, body: {}, status: 400 },
  'POST /v1/account/second-factor/remove': { may: EVERYBODY, body: {}, status: 400 },
  'GET /v1/users': { may: ['administrator', 'auditor'], status: 200 },
  'POST /v1/users': { may: ['administrator'], body: {}, status: 400 },
  'PATCH /v1/users/:id': { may: ['administrator'], body: {}, status: 400 },
  'POST /v1/users/:id/disable': { may: ['administrator'], body: VERSION, status: 404 },
  'POST /v1/users/:id/enable': { may: ['administrator'], body: VERSION, status: 404 },
  'POST /v1/users/:id/reset': { may: ['administrator'], body: VERSION, status: 404 },
  'POST /v1/users/:id/unlock': { may: ['administrator'], status: 404 },

  'GET /healthz': { may: 'open', status: 200 },
  'GET /readyz': { may: 'open' },
  'GET /metrics': { may: 'open', status: 200, namesDepartments: true },
};
