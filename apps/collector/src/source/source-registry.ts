/** A department's system that may send step events. */
export interface Source {
  /** The CloudEvents `source` that it writes, and the only one that it may: `urn:dept:420684:housing`. */
  name: string;
  department: string;
}

/** The holder of a good key that the approved register does not name: it may not send. */
export interface UnregisteredSource {
  unregistered: string;
}

/** Who may send what. */
export interface SourceRegistry {
  /** Whom a key was issued to; null when to nobody. Takes the same time whether the key is nearly right. */
  find(key: string): Source | UnregisteredSource | null;
  list(): readonly Source[];
}
