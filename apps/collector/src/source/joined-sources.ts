import type { ApprovedSources, Register } from './approved-sources';
import type { Source, SourceRegistry, UnregisteredSource } from './source-registry';

/** Sources that stand in a file, by their keys. */
interface SourcesOfFile {
  find(key: string): Source | null;
  list(): readonly Source[];
}

/**
 * Who may send, by the keys of a file and those issued in the store. Once a register was approved it alone decides who may, and for
 * which department, wherever the key stands.
 */
export class JoinedSources implements SourceRegistry {
  private listed: readonly Source[] = [];
  private listedFrom: [readonly Source[], Register | null] | null = null;

  constructor(
    private readonly file: SourcesOfFile,
    private readonly approved: Pick<ApprovedSources, 'find' | 'register'>,
  ) {}

  find(key: string): Source | UnregisteredSource | null {
    // Both are asked, whichever knows the key.
    const [inFile, issued] = [this.file.find(key), this.approved.find(key)];
    const { register } = this.approved;
    if (register === null && inFile !== null) return inFile;
    const name = inFile?.name ?? issued;
    if (name === null) return null;
    const department = register?.get(name);
    return department === undefined ? { unregistered: name } : { name, department };
  }

  /** Those of the register, and those of the file, whether or not they may send now. */
  list(): readonly Source[] {
    const { register } = this.approved;
    const inFile = this.file.list();
    // Asked with every request, and seldom another.
    if (this.listedFrom?.[0] !== inFile || this.listedFrom[1] !== register) {
      const all = new Map(inFile.map(({ name, department }) => [name, department]));
      for (const [name, department] of register ?? []) all.set(name, department);
      this.listed = [...all].map(([name, department]) => ({ name, department }));
      this.listedFrom = [inFile, register];
    }
    return this.listed;
  }
}
