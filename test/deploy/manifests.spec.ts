import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KafkaSettings } from '@mingjian/log';
import { Settings, variableOf } from '@mingjian/runtime';
import { parse, parseAllDocuments } from 'yaml';
import { ROOT } from '../acceptance/product';

const read = (path: string): string => readFileSync(join(ROOT, 'deploy', path), 'utf8');
const namesIn = (folder: string, end: string): string[] =>
  readdirSync(join(ROOT, 'deploy', folder))
    .filter((name) => name.endsWith(end))
    .map((name) => `${folder}/${name}`);

interface Container {
  name: string;
  image: string;
  command?: string[];
  env?: { name: string; value?: string }[];
  securityContext: Record<string, unknown>;
  resources: { requests: object; limits: object };
  volumeMounts: { name: string }[];
  readinessProbe?: object;
  livenessProbe?: object;
  startupProbe?: object;
}
interface PodSpec {
  automountServiceAccountToken: boolean;
  enableServiceLinks: boolean;
  terminationGracePeriodSeconds?: number;
  securityContext: Record<string, unknown>;
  containers: Container[];
  initContainers?: Container[];
  volumes: { name: string; secret?: object }[];
}
interface Resource {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  spec: {
    replicas?: number;
    template: { spec: PodSpec };
    jobTemplate: { spec: { template: { spec: PodSpec } } };
  };
}

const resources = namesIn('kubernetes/base', '.yaml')
  .filter((path) => !path.endsWith('kustomization.yaml'))
  .flatMap((path) => parseAllDocuments(read(path)).map((document) => document.toJS() as Resource));
const pods = resources.flatMap(({ kind, metadata, spec }) => {
  if (kind === 'Deployment') return [{ name: metadata.name, pod: spec.template.spec, serves: true }];
  if (kind === 'CronJob')
    return [{ name: metadata.name, pod: spec.jobTemplate.spec.template.spec, serves: false }];
  return [];
});

/** Every variable that a process of ours knows, also as a file. */
const VARIABLES = new Set(
  [...Object.keys(Settings.shape), ...Object.keys(KafkaSettings.shape)]
    .map(variableOf)
    .flatMap((name) => [name, `${name}_FILE`]),
);
const sourceOf = (built: string): string => join(ROOT, built.replace(/^dist\//, '').replace(/\.js$/, '.ts'));

describe('what is deployed', () => {
  it('names settings that exist', () => {
    const files = [
      ...namesIn('kubernetes/base', '.yaml'),
      ...namesIn('kubernetes/example', '.yaml'),
      ...namesIn('systemd', 'service'),
      ...['systemd/mingjian.env', 'container/Dockerfile', 'container/healthy.mjs'],
      ...['compose.yaml', 'compose.site.yaml'],
    ];
    const unknown = files.flatMap((path) =>
      [...read(path).matchAll(/MINGJIAN_[A-Z_]*[A-Z]/g)]
        .map(([name]) => name)
        .filter((name) => !VARIABLES.has(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(files.length).toBeGreaterThan(15);
    expect(unknown).toEqual([]);
  });

  it('starts files that the build makes', () => {
    const texts = [
      ...namesIn('kubernetes/base', '.yaml'),
      ...namesIn('systemd', 'service'),
      ...['container/Dockerfile', 'compose.site.yaml'],
    ].map(read);
    const started = texts.flatMap((text) =>
      [...text.matchAll(/dist\/apps\/[\w/]+\.js/g)].map(([file]) => file),
    );
    expect(new Set(started)).toEqual(
      new Set(['dist/apps/collector/src/main.js', 'dist/apps/monitor/src/main.js']),
    );
    expect(started.filter((file) => !existsSync(sourceOf(file)))).toEqual([]);
  });

  it('copies folders into the image that are there, and lets the build see them', () => {
    const seen = read('container/Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(seen.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    for (const [, path = ''] of read('container/Dockerfile').matchAll(/--from=build \/src\/([\w.]+)/g))
      expect(['node_modules', 'dist', ...seen]).toContain(path);
  });
});

describe('the pods', () => {
  it.each(pods)('$name: runs as nobody, writes nowhere but its volumes, and has no token', ({ pod }) => {
    expect(pod.automountServiceAccountToken).toBe(false);
    // A service named mingjian would otherwise set MINGJIAN_PORT=tcp://… in every pod.
    expect(pod.enableServiceLinks).toBe(false);
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    const volumes = pod.volumes.map(({ name }) => name);
    for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources).toMatchObject({
        requests: { cpu: expect.any(String) as string, memory: expect.any(String) as string },
        limits: { memory: expect.any(String) as string },
      });
      for (const { name } of container.volumeMounts) expect(volumes).toContain(name);
    }
  });

  it.each(pods.filter(({ serves }) => serves))(
    '$name: is probed, and has time to stop in order',
    ({ pod }) => {
      for (const container of pod.containers) {
        expect(container.readinessProbe).toBeDefined();
        expect(container.livenessProbe).toBeDefined();
        expect(container.startupProbe).toBeDefined();
      }
      const settings = resources.find(({ kind }) => kind === 'ConfigMap')!.data!;
      const mostMs = Number(settings.MINGJIAN_SHUTDOWN_SECONDS);
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(mostMs + 5);
    },
  );

  it('have their secrets by reference, never as text', () => {
    expect(resources.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    const named = new Set(
      pods.flatMap(({ pod }) =>
        pod.volumes.flatMap(({ secret }) => (secret ? [JSON.stringify(secret)] : [])),
      ),
    );
    expect(named.size).toBe(3);
    for (const { pod } of pods)
      for (const { env = [] } of pod.containers)
        for (const { name, value = '' } of env)
          expect(/PASSWORD|SECRET/.test(name) && value !== '').toBe(false);
  });

  it('are never more judging monitors than partitions', () => {
    const { data } = resources.find(({ kind }) => kind === 'ConfigMap')!;
    const partitions = Number(data!.MINGJIAN_KAFKA_PARTITIONS);
    const scaled = parse(read('kubernetes/autoscaling/judge-by-lag.yaml')) as {
      spec: { minReplicaCount: number; maxReplicaCount: number; triggers: { metadata: { query: string } }[] };
    };
    expect(scaled.spec.maxReplicaCount).toBeLessThanOrEqual(partitions);
    expect(scaled.spec.minReplicaCount).toBeGreaterThanOrEqual(2);
    expect(scaled.spec.triggers[0]!.metadata.query).toContain('mingjian_log_lag');
    expect(readFileSync(join(ROOT, 'apps/monitor/src/metrics/state-gauges.ts'), 'utf8')).toContain(
      "'mingjian_log_lag'",
    );
  });
});

describe('the units of systemd', () => {
  const units = namesIn('systemd', '.service');

  it.each(units)('%s: sees its own data only, and is no administrator', (path) => {
    const text = read(path);
    for (const line of [
      'User=mingjian',
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
      'ProtectHome=yes',
      'PrivateTmp=yes',
      'CapabilityBoundingSet=',
      'SystemCallFilter=@system-service',
    ])
      expect(text.split('\n')).toContain(line);
  });

  it.each(units.filter((path) => !path.includes('backup')))(
    '%s: starts again without a bound, and is given longer to stop than the daemon takes',
    (path) => {
      const text = read(path);
      expect(text).toMatch(/^Restart=always$/m);
      expect(text).toMatch(/^StartLimitIntervalSec=0$/m);
      const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(text)?.[1]);
      expect(seconds).toBeGreaterThan(Settings.shape.shutdownSeconds.parse(undefined));
    },
  );
});

describe('the composed site', () => {
  it('names services, volumes and files that are there', () => {
    interface Compose {
      services: Record<string, { volumes?: string[]; depends_on?: string[] | Record<string, object> }>;
      volumes: Record<string, null>;
    }
    const [base, site] = ['compose.yaml', 'compose.site.yaml'].map(
      (path) => parse(read(path), { merge: true }) as Compose,
    ) as [Compose, Compose];
    const services = { ...base.services, ...site.services };
    const volumes = { ...base.volumes, ...site.volumes };
    for (const one of Object.values(site.services)) {
      const needed = Array.isArray(one.depends_on) ? one.depends_on : Object.keys(one.depends_on ?? {});
      for (const name of needed) expect(Object.keys(services)).toContain(name);
      const mounted = (one.volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
      const isThere = (from: string): boolean =>
        from.startsWith('.') ? existsSync(join(ROOT, 'deploy', from)) : from in volumes;
      expect(mounted.filter((from) => !isThere(from))).toEqual([]);
    }
  });
});
