import { tlsHint } from './tls-hint';

const ALERT =
  'Connection error: 80BC:error:0A000412:SSL routines:ssl3_read_bytes:alert:rec_layer_s3.c:1601:SSL alert number ';

describe('what is said where TLS to Kafka fails', () => {
  it.each([42, 46, 48, 116])('names the certificate of this client for alert %i', (alert) => {
    expect(tlsHint(ALERT + alert, {})).toMatch(/asks for a certificate.*_CERT_FILE and .*_KEY_FILE/);
    expect(tlsHint(ALERT + alert, { kafkaTlsCertFile: '/etc/client.pem' })).toMatch(
      /does not take .*_CERT_FILE names \(\/etc\/client\.pem\)/,
    );
  });

  it('names the key that does not belong to its certificate', () => {
    expect(tlsHint('x509 certificate routines::key values mismatch', {})).toContain('_KEY_FILE');
  });

  it('names what is trusted where the broker is not', () => {
    for (const reason of ['self-signed certificate', 'unable to verify the first certificate'])
      expect(tlsHint(reason, { kafkaTlsCaFile: '/etc/ca.pem' })).toContain('_CA_FILE names (/etc/ca.pem)');
  });

  it('is nothing where it was not TLS', () => {
    expect(tlsHint('connect ECONNREFUSED 127.0.0.1:9092', {})).toBeNull();
    // protocol_version: no certificate helps.
    expect(tlsHint(`${ALERT}70`, {})).toBeNull();
  });
});
