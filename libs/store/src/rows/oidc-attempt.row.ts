import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn, TextColumn } from './columns';

/** Somebody was sent to the identity provider to sign in, and is not back yet. Removed when they come: once. */
@Entity('oidc_attempt')
export class OidcAttemptRow {
  /** SHA-256 of the state that the provider gives back, hex. */
  @KeyColumn('state_hash', 64) stateHash!: string;
  /** SHA-256 of what the browser was given to show that it is the same, hex. */
  @TextColumn('browser_hash', 64) browserHash!: string;
  @TextColumn('issuer', 512) issuer!: string;
  @TextColumn('nonce', 64) nonce!: string;
  @TextColumn('code_verifier', 128) codeVerifier!: string;
  /** Page of ours that they wanted. */
  @TextColumn('wanted', 300) wanted!: string;
  /** Session that the browser has so far, by the hash of its token; it ends when the new one begins. */
  @TextColumn('former_token_hash', 64, { nullable: true }) formerTokenHash!: string | null;
  @InstantColumn('created_at') createdAt!: number;
}
