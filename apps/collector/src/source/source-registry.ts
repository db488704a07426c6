/** A department's system that may send step events. */
export interface Source {
  /** The CloudEvents `source` that it writes, and the only one that it may: `urn:dept:420684:housing`. */
  name: string;
  department: string;
  /** SHA-256 of its API key, hex. The key itself is kept nowhere. */
  keyHash: string;
  /** The key before, while it is still good: hash as above, and until when (RFC 3339). */
  formerKey?: { hash: string; until: string } | undefined;
}

/** Who may send what. */
export interface SourceRegistry {
  /** The source that a key was issued for; null when nobody's. Takes the same time whether the key is nearly right. */
  find(key: string): Source | null;
  list(): readonly Source[];
}
