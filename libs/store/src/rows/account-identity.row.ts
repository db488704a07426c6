import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn, TextColumn } from './columns';

/** Which account somebody of an identity provider has here. Never removed: a subject is never given to another. */
@Entity('account_identity')
export class AccountIdentityRow {
  /** SHA-256 of issuer and subject, hex: a subject may be a number of a person's papers. */
  @KeyColumn('identity_hash', 64) identityHash!: string;
  @TextColumn('account_id', 36) accountId!: string;
  @TextColumn('issuer', 512) issuer!: string;
  @InstantColumn('created_at') createdAt!: number;
}
