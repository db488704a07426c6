/**
 * The JSON interface of the daemon, as these pages read it. Instants come as RFC 3339 texts and leave this file as
 * epoch milliseconds.
 */
import { instant } from './time.js';

/** An answer that is not the one wanted; `status` is null where there was no answer at all. */
class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function get(path, query = {}) {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  let answer;
  try {
    answer = await fetch(`${path}?${new URLSearchParams(given)}`, {
      headers: { accept: 'application/json' },
    });
  } catch {
    throw new ApiError('连接不上监察服务。', null);
  }
  const body = await answer.json().catch(() => null);
  if (answer.ok) return body;
  throw new ApiError(body?.message ?? `服务答复 ${answer.status}。`, answer.status);
}

/** Where we are: the time and its speed, whether to trust the page, and the counts. */
export async function getOverview() {
  const answer = await get('/v1/overview');
  return {
    ...answer,
    now: instant(answer.now),
    speed: answer.demo?.speed ?? 1,
    delayMs: answer.dataDelaySeconds * 1000,
    departments: answer.departments.map(({ department, departmentName, ...lights }) => ({
      code: department ?? '',
      name: departmentName ?? '部门不明',
      lights,
    })),
  };
}

/** A page of cases by urgency. */
export async function getCases(query) {
  const answer = await get('/v1/cases', query);
  return { cases: answer.cases.map(caseFile), next: answer.next };
}

/** One case with its clocks, events, findings and light changes. */
export async function getCase(caseNo) {
  const answer = await get(`/v1/cases/${encodeURIComponent(caseNo)}`);
  const { verdict } = answer;
  return {
    ...caseFile(answer.case),
    // The verdict is of this moment; the row is of the last change.
    open: verdict.open,
    light: verdict.light,
    clock: verdict.clock,
    dueAt: instant(verdict.dueAt),
    provisional: verdict.provisional,
    now: instant(answer.now),
    clocks: verdict.clocks.map(clock),
    events: answer.events.map((event) => ({
      ...event,
      occurredAt: instant(event.occurredAt),
      receivedAt: instant(event.receivedAt),
    })),
    findings: answer.findings.map((finding) => ({
      ...finding,
      at: instant(finding.at),
      supersededAt: instant(finding.supersededAt),
    })),
    changes: answer.lightChanges.map(lightChange),
  };
}

/** 依据: clock by clock, day by day. */
export function getExplanation(caseNo) {
  return get(`/v1/cases/${encodeURIComponent(caseNo)}/explanation`);
}

/** The newest light changes. */
export async function getLights(query) {
  return (await get('/v1/lights', query)).lights.map(lightChange);
}

/** Calls `changed` for each light change as it happens; the browser reconnects and goes on where it stopped. */
export function liveChanges(changed, linkChanged) {
  const source = new EventSource('/v1/lights/stream');
  source.addEventListener('open', () => linkChanged('open'));
  source.addEventListener('error', () => {
    linkChanged('broken');
    // A refused connection is final for the browser, not for us.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => liveChanges(changed, linkChanged), 5000);
  });
  source.addEventListener('light', ({ data }) => changed(lightChange(JSON.parse(data))));
}

function caseFile(row) {
  return {
    ...row,
    itemName: itemName(row),
    departmentName: row.departmentName ?? '部门不明',
    dueAt: instant(row.dueAt),
    acceptedAt: instant(row.acceptedAt),
  };
}

function clock(verdict) {
  return {
    ...verdict,
    startedAt: instant(verdict.startedAt),
    dueAt: instant(verdict.dueAt),
    finishedAt: instant(verdict.finishedAt),
    spans: verdict.spans.map((span) => ({ ...span, from: instant(span.from) })),
  };
}

function lightChange(change) {
  return {
    ...change,
    itemName: itemName(change),
    departmentName: change.departmentName ?? '部门不明',
    becameAt: instant(change.becameAt),
    detectedAt: instant(change.detectedAt),
    supersededAt: instant(change.supersededAt),
  };
}

function itemName({ itemName: name, itemCode }) {
  return name ?? (itemCode === null ? '事项不明' : `事项 ${itemCode}`);
}
