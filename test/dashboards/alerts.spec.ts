import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/* What this spec guarantees: each alert has a runbook with four parts, and a test. Whether the tests pass: alerts.services.spec. */

const ROOT = join(__dirname, '../..');
const RULES = join(ROOT, 'deploy/prometheus');
const TESTS = readdirSync(join(RULES, 'tests')).map((file) => join(RULES, 'tests', file));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(path);
    return path.endsWith('.ts') && !path.endsWith('.spec.ts') ? [path] : [];
  });
}

interface Rule {
  alert?: string;
  record?: string;
  expr: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

function rulesOf(file: string): Rule[] {
  const { groups } = parse(read(`deploy/prometheus/${file}`)) as { groups: { rules: Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

const alerts = rulesOf('alerts.rules.yml');

describe('the alerts', () => {
  it('have a runbook each, with meaning, impact, diagnosis and mitigation', () => {
    expect(alerts.length).toBeGreaterThan(20);
    for (const { alert, annotations } of alerts) {
      const file = `docs/runbooks/${alert}.md`;
      expect(annotations?.runbook_url).toBe(file);
      const headings = [...read(file).matchAll(/^## (\w+)$/gm)].map(([, heading]) => heading);
      expect([file, ...headings]).toEqual([file, 'Meaning', 'Impact', 'Diagnosis', 'Mitigation']);
    }
  });

  it('have no runbook without an alert', () => {
    const books = readdirSync(join(ROOT, 'docs/runbooks')).map((file) => file.replace(/\.md$/, ''));
    expect(books.sort()).toEqual(alerts.map(({ alert }) => alert).sort());
  });

  it('have runbooks that name log lines and addresses of the API as they are', () => {
    const { paths } = JSON.parse(read('docs/openapi.json')) as { paths: Record<string, object> };
    const code = ['apps', 'libs'].flatMap(sources).map(read).join('\n');
    const named = { lines: 0, addresses: 0 };
    for (const { alert } of alerts) {
      const text = read(`docs/runbooks/${alert}.md`);
      for (const [, line = ''] of text.matchAll(/`([A-Z][a-z]*(?: [^`\n]+)+\.)`/g)) {
        named.lines++;
        expect([alert, line, code.includes(`'${line}'`)]).toEqual([alert, line, true]);
      }
      for (const [, method = '', path = ''] of text.matchAll(/`(GET|POST) (\/v1\/[^`\s]+)`/g)) {
        named.addresses++;
        const known = paths[path.replace('CASE', '{id}')] ?? {};
        expect([alert, path, method.toLowerCase() in known]).toEqual([alert, path, true]);
      }
    }
    expect(named.lines).toBeGreaterThan(5);
    expect(named.addresses).toBeGreaterThan(2);
  });

  it('have a test each, one instant at which they fire and one at which they do not', () => {
    const tried = TESTS.flatMap((file) => {
      const { tests } = parse(readFileSync(file, 'utf8')) as {
        tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
      };
      return tests.flatMap(({ alert_rule_test }) => alert_rule_test);
    });
    for (const { alert } of alerts) {
      const outcomes = tried
        .filter(({ alertname }) => alertname === alert)
        .map(({ exp_alerts }) => exp_alerts.length);
      expect([alert, ...outcomes]).toEqual([alert, 0, 1]);
    }
  });

  it('say in Chinese what is wrong, and how urgent it is', () => {
    for (const { alert, labels, annotations } of alerts) {
      expect([alert, labels?.severity]).toEqual([alert, expect.stringMatching(/^(page|ticket)$/)]);
      expect(annotations?.summary).toMatch(/[\u4e00-\u9fff]{2}/);
    }
  });
});
