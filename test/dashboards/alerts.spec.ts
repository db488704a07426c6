import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/* What this spec guarantees: each alert has a runbook with four parts, and a test that promtool passes; the example for
   Alertmanager is one that it takes. Where promtool or amtool is missing, what they would say is not known: skipped. */

const ROOT = join(__dirname, '../..');
const RULES = join(ROOT, 'deploy/prometheus');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

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

/** Runs a tool of the distribution. @returns null where it is not there. */
function tool(name: string, ...args: string[]): { status: number | null; said: string } | null {
  const { status, stdout, stderr, error } = spawnSync(name, args, { encoding: 'utf8' });
  return error === undefined ? { status, said: `${stdout}${stderr}` } : null;
}
const has = (name: string): boolean => tool(name, '--version') !== null;
const itWith = (name: string): jest.It => (has(name) || process.env.CI === 'true' ? it : it.skip);

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

  it('have a test each, one instant at which they fire and one at which they do not', () => {
    const { tests } = parse(read('deploy/prometheus/tests/alerts.test.yml')) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
    };
    const tried = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
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

  itWith('promtool')('are rules that Prometheus takes, and that do what their tests say', () => {
    const files = ['recording.rules.yml', 'alerts.rules.yml'].map((file) => join(RULES, file));
    expect(tool('promtool', 'check', 'rules', ...files)).toMatchObject({ status: 0 });
    expect(tool('promtool', 'test', 'rules', join(RULES, 'tests/alerts.test.yml'))).toMatchObject({
      status: 0,
    });
  });

  itWith('amtool')('go where the example for Alertmanager sends them', () => {
    const file = join(ROOT, 'deploy/alertmanager/alertmanager.example.yml');
    expect(existsSync(file)).toBe(true);
    expect(tool('amtool', 'check-config', file)).toMatchObject({ status: 0 });
    const receivers = (...labels: string[]): string | undefined =>
      tool('amtool', 'config', 'routes', 'test', `--config.file=${file}`, ...labels)?.said.split('\n')[0];
    expect(receivers('severity=page', 'alertname=MingjianDown')).toBe('on-call');
    expect(receivers('severity=ticket', 'alertname=MingjianSourceSilent')).toBe('sources,office');
    expect(receivers('severity=ticket', 'alertname=MingjianMessagesDead')).toBe('office');
  });
});
