import type { KafkaSettings } from './kafka-settings';

const CERT = 'MINGJIAN_KAFKA_TLS_CERT_FILE';
const KEY = 'MINGJIAN_KAFKA_TLS_KEY_FILE';
const CA = 'MINGJIAN_KAFKA_TLS_CA_FILE';

/**
 * Alerts by which a broker says that it does not take our certificate, or the lack of one. @see RFC 8446, section 6.2: from
 * bad_certificate to certificate_unknown, unknown_ca, certificate_required.
 */
const OF_OUR_CERTIFICATE = new Set([42, 43, 44, 45, 46, 48, 116]);

/** Which setting of TLS to look at because of what went wrong; null: it was not TLS that did. */
export function tlsHint(
  reason: string,
  { kafkaTlsCertFile, kafkaTlsCaFile }: Pick<KafkaSettings, 'kafkaTlsCertFile' | 'kafkaTlsCaFile'>,
): string | null {
  if (/key values mismatch/i.test(reason))
    return `the key that ${KEY} names does not belong to the certificate that ${CERT} names`;
  const alert = /SSL alert number (\d+)/.exec(reason)?.[1];
  if (alert !== undefined && OF_OUR_CERTIFICATE.has(Number(alert)))
    return kafkaTlsCertFile === undefined
      ? `the broker asks for a certificate: name one by ${CERT} and ${KEY}`
      : `the broker does not take the certificate that ${CERT} names (${kafkaTlsCertFile}): it is over, or of an authority that the broker does not trust`;
  if (/self-signed certificate|unable to (verify|get) .*(certificate|issuer)/i.test(reason))
    return kafkaTlsCaFile === undefined
      ? `name the certificates that are trusted by ${CA}`
      : `the certificate of the broker is not of those that ${CA} names (${kafkaTlsCaFile})`;
  return null;
}
