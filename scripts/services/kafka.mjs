// Apache Kafka: one node in KRaft mode from Maven's jars. Why this version: docs/adr/0005-kafka-version.md.
// Two listeners: one without protection for the daemon here, one with TLS and SASL for tests of just that.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import kafkajs from 'kafkajs';
import { ROOT, say } from '../set-up.mjs';
import { need } from './install.mjs';
import { runToEnd, startDetached, Unavailable } from './process.mjs';

const POM = join(ROOT, 'deploy/local/kafka/pom.xml');
const JAVA = { debian: 'openjdk-17-jre-headless', elsewhere: 'a Java runtime of version 17 or newer' };
const MAVEN = { debian: 'maven', elsewhere: 'Apache Maven 3' };
const USER = 'mingjian';

export const kafka = {
  name: 'kafka',
  patienceMs: 60_000,
  graceMs: 20_000,
  keeps: {
    port: 'port',
    controllerPort: 'port',
    securePort: 'port',
    password: 'secret',
    storePassword: 'secret',
  },

  async start(home, kept, log) {
    const version = kafkaVersion();
    const java = javaOfAge();
    const libraries = fetchLibraries(version);
    const folder = home.folderOf('kafka');
    const data = home.folderOf('kafka', 'data');
    const certificate = makeCertificate(folder, kept.storePassword);
    const config = join(folder, 'server.properties');
    // A test of its own may want a broker that is set otherwise: what is said last holds.
    const more = process.env.SERVICES_KAFKA_PROPERTIES ?? '';
    writeFileSync(config, properties({ ...kept, data, folder }) + more, { mode: 0o600 });
    if (!existsSync(join(data, 'meta.properties'))) format(java, libraries, config, kept.password);
    const logging = `-Dlog4j2.configurationFile=${join(ROOT, 'deploy/local/kafka/log4j2.properties')}`;
    const child = startDetached(
      java,
      [
        '-Xms128m',
        '-Xmx512m',
        '-XX:+UseSerialGC',
        logging,
        '-cp',
        join(libraries, '*'),
        'kafka.Kafka',
        config,
      ],
      { log, cwd: folder },
    );
    return {
      pid: child.pid,
      members: {
        version,
        address: `127.0.0.1:${kept.port}`,
        brokers: [`127.0.0.1:${kept.port}`],
        secureBrokers: [`localhost:${kept.securePort}`],
        user: USER,
        certificate,
      },
    };
  },

  /** Ready when the broker names itself as a member of the cluster and its controller. */
  async isReady({ brokers }) {
    const client = new kafkajs.Kafka({
      clientId: 'services',
      brokers,
      logLevel: kafkajs.logLevel.NOTHING,
      connectionTimeout: 1000,
      retry: { retries: 0 },
    });
    const admin = client.admin();
    try {
      await admin.connect();
      const cluster = await admin.describeCluster();
      return cluster.brokers.length === 1 && cluster.controller !== null;
    } finally {
      await admin.disconnect();
    }
  },
};

function kafkaVersion() {
  return /<kafka\.version>(.+?)<\/kafka\.version>/.exec(readFileSync(POM, 'utf8'))[1];
}

function javaOfAge() {
  const java = need('java', JAVA);
  const said = runToEnd(java, ['--version']);
  const major = Number(/\s(\d+)[.\s]/.exec(said)?.[1]);
  if (major >= 17) return java;
  throw new Unavailable(`Kafka needs Java 17 or newer; ${java} is ${said.split('\n')[0]}.`);
}

/** The jars are no state: every folder of services shares those of the repository. */
function fetchLibraries(version) {
  const libraries = join(ROOT, '.services/kafka', version, 'libs');
  if (existsSync(libraries)) return libraries;
  const maven = need('mvn', MAVEN);
  const partial = `${libraries}.${process.pid}`;
  say(`Fetching Apache Kafka ${version} with Maven …`);
  try {
    runToEnd(maven, [
      '--batch-mode',
      '--quiet',
      '--file',
      POM,
      'dependency:copy-dependencies',
      `-DoutputDirectory=${partial}`,
      '-DincludeScope=runtime',
    ]);
    renameSync(partial, libraries);
  } catch (error) {
    // Another command may have been faster.
    if (existsSync(libraries)) return libraries;
    throw new Unavailable(
      `Apache Kafka ${version} could not be fetched; Maven needs a repository it can reach (settings.xml, a mirror), or copy the jars to ${libraries}.\n${error.message}`,
    );
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return libraries;
}

/** A certificate that signs itself, for localhost. @returns the file that clients trust. */
function makeCertificate(folder, storePassword) {
  const store = join(folder, 'broker.p12');
  const certificate = join(folder, 'broker.pem');
  if (existsSync(store) && existsSync(certificate)) return certificate;
  const keytool = need('keytool', JAVA);
  const common = [
    '-alias',
    'broker',
    '-keystore',
    store,
    '-storetype',
    'PKCS12',
    '-storepass',
    storePassword,
  ];
  rmSync(store, { force: true });
  runToEnd(keytool, [
    '-genkeypair',
    ...common,
    ...['-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '3650', '-dname', 'CN=localhost'],
    ...['-ext', 'SAN=dns:localhost,ip:127.0.0.1'],
  ]);
  runToEnd(keytool, ['-exportcert', '-rfc', ...common, '-file', certificate]);
  return certificate;
}

function properties({ port, controllerPort, securePort, password, storePassword, data, folder }) {
  const secure = 'listener.name.sasl_ssl';
  const modules = 'org.apache.kafka.common.security';
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:${port},SASL_SSL://127.0.0.1:${securePort},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port},SASL_SSL://localhost:${securePort}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL
${secure}.ssl.keystore.type=PKCS12
${secure}.ssl.keystore.location=${join(folder, 'broker.p12')}
${secure}.ssl.keystore.password=${storePassword}
${secure}.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
${secure}.plain.sasl.jaas.config=${modules}.plain.PlainLoginModule required user_${USER}="${password}";
${secure}.scram-sha-512.sasl.jaas.config=${modules}.scram.ScramLoginModule required;
log.dirs=${data}
# As on a careful site: nobody makes a topic by a slip of the pen.
auto.create.topics.enable=false
# One node.
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
# A group of tests need not wait for more members.
group.initial.rebalance.delay.ms=0
# A broker that was killed may come back at once, not after nine seconds.
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
# Small: the default alone would take a quarter of the heap.
log.cleaner.dedupe.buffer.size=8388608
num.network.threads=2
num.io.threads=4
`;
}

function format(java, libraries, config, password) {
  // Kafka's identifiers are 16 bytes in URL-safe base64 that do not begin with a dash.
  const cluster = randomBytes(16).toString('base64url').replace(/^-/, 'A');
  runToEnd(java, [
    // A program of a second: compiling it well would take longer than it runs.
    ...[
      '-Xmx256m',
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-cp',
      join(libraries, '*'),
      'kafka.tools.StorageTool',
      'format',
    ],
    ...['--cluster-id', cluster, '--config', config],
    ...['--add-scram', `SCRAM-SHA-512=[name=${USER},password=${password}]`],
  ]);
}
