import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnServices } from '../../../../test/services/own-services';
import { describeWithServices, type ServiceAddresses } from '../../../../test/services/with-services';
import type { EventLog } from '../event-log';
import { roundTrip } from './testing/round-trip';
import { openTestLog } from './testing/test-log';

// The broker that others use is only looked for: whether one can be had at all.
describeWithServices('a Kafka that asks its clients for certificates', ['kafka'], () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-mutual-tls-'));
  const file = (name: string): string => join(folder, name);
  let services: OwnServices;
  let kafka: ServiceAddresses['kafka'];

  beforeAll(async () => {
    authority(file('ours'));
    authority(file('foreign'));
    certificate(file('client'), file('ours'));
    certificate(file('stranger'), file('foreign'));
    const listener = 'listener.name.sasl_ssl';
    services = new OwnServices({
      SERVICES_KAFKA_PROPERTIES: [
        // Whoever has a certificate of ours has proved who it is: no password besides.
        'listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SSL',
        `${listener}.ssl.client.auth=required`,
        `${listener}.ssl.truststore.type=PEM`,
        `${listener}.ssl.truststore.location=${file('ours.pem')}`,
        '',
      ].join('\n'),
    });
    kafka = await services.start('kafka');
  }, 120_000);
  afterAll(async () => {
    await services.dispose();
    rmSync(folder, { recursive: true });
  });

  const open = (name: string | null, keyOf = name): Promise<EventLog> =>
    openTestLog(kafka.secureBrokers, {
      kafkaTls: 'true',
      kafkaTlsCaFile: kafka.certificate,
      ...(name === null
        ? {}
        : { kafkaTlsCertFile: file(`${name}.pem`), kafkaTlsKeyFile: file(`${keyOf}.key`) }),
    });

  it('is written to and read from with a certificate of the authority that it trusts', async () => {
    const log = await open('client');
    expect(await roundTrip(log)).toEqual(['办结']);
    await log.close();
  });

  it('refuses whoever has none, and the error says which settings name one', async () => {
    await expect(open(null)).rejects.toThrow(
      /cannot be used: .*MINGJIAN_KAFKA_TLS_CERT_FILE and MINGJIAN_KAFKA_TLS_KEY_FILE/,
    );
  });

  it('refuses one of another authority, and the error says which setting names it', async () => {
    await expect(open('stranger')).rejects.toThrow(/cannot be used: .*MINGJIAN_KAFKA_TLS_CERT_FILE/);
  });

  it('is not asked with a certificate and a key that do not belong together', async () => {
    await expect(open('client', 'stranger')).rejects.toThrow(/MINGJIAN_KAFKA_TLS_KEY_FILE/);
  });
});

/** Makes an authority: `path.pem` and `path.key`. */
function authority(path: string): void {
  openssl(path, 'authority');
}

/** Makes a certificate of an authority. */
function certificate(path: string, by: string): void {
  openssl(path, 'mingjian', '-CA', `${by}.pem`, '-CAkey', `${by}.key`);
}

function openssl(path: string, name: string, ...more: readonly string[]): void {
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-keyout', `${path}.key`, '-out', `${path}.pem`, '-subj', `/CN=${name}`, ...more],
    ],
    { stdio: 'pipe' },
  );
}
