import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn } from './columns';

/** A token by which the provider signed somebody out, so that it is good once. Removed when it is too old to be taken anyway. */
@Entity('oidc_sign_out')
export class OidcSignOutRow {
  /** SHA-256 of issuer and `jti`, hex. */
  @KeyColumn('token_hash', 64) tokenHash!: string;
  @InstantColumn('received_at') receivedAt!: number;
}
