import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithServices } from '../services/with-services';

/* What this spec guarantees: Prometheus takes the rules, they do what their tests say, and the example for Alertmanager sends
   alerts where it says. promtool and amtool come with the services. */

const ROOT = join(__dirname, '../..');
const RULES = join(ROOT, 'deploy/prometheus');
const TESTS = readdirSync(join(RULES, 'tests')).map((file) => join(RULES, 'tests', file));

jest.setTimeout(120_000);

function tool(name: string, ...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr, error } = spawnSync(name, args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { status, said: `${stdout}${stderr}` };
}

describeWithServices('the alerts as their own tools see them', ['prometheus', 'alertmanager'], () => {
  it('are rules that Prometheus takes, and that do what their tests say', () => {
    const files = ['recording.rules.yml', 'alerts.rules.yml'].map((file) => join(RULES, file));
    expect(tool('promtool', 'check', 'rules', ...files)).toMatchObject({ status: 0 });
    expect(tool('promtool', 'test', 'rules', ...TESTS)).toMatchObject({
      status: 0,
    });
  });

  it('go where the example for Alertmanager sends them', () => {
    const file = join(ROOT, 'deploy/alertmanager/alertmanager.example.yml');
    expect(tool('amtool', 'check-config', file)).toMatchObject({ status: 0 });
    const receivers = (...labels: string[]): string | undefined =>
      tool('amtool', 'config', 'routes', 'test', `--config.file=${file}`, ...labels).said.split('\n')[0];
    expect(receivers('severity=page', 'alertname=MingjianDown')).toBe('on-call');
    expect(receivers('severity=ticket', 'alertname=MingjianSourceSilent')).toBe('sources,office');
    expect(receivers('severity=ticket', 'alertname=MingjianMessagesDead')).toBe('office');
  });
});
