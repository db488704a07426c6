import { nextCaseNos, type Store } from '@mingjian/store';

/** Walks over all case numbers round and round, from a case chosen once, so that every case has its turn. */
export class CaseWalk {
  private after: string | null = null;

  /** @param choose a number from 0 up to, not including, 1; decides where the walk begins */
  constructor(
    private readonly store: Store,
    private readonly choose: () => number,
  ) {}

  /** The next case numbers, at most `count`, none twice; fewer only where there are fewer cases. */
  async next(count: number): Promise<string[]> {
    const after = (this.after ??= await this.begin());
    const caseNos = await nextCaseNos(this.store, after, count);
    if (caseNos.length < count && after !== '') {
      const fromTheFirst = await nextCaseNos(this.store, '', count - caseNos.length);
      caseNos.push(...fromTheFirst.filter((caseNo) => caseNo <= after));
    }
    this.after = caseNos[caseNos.length - 1] ?? null;
    return caseNos;
  }

  /** Counts over an index, once in the life of a walk. */
  private async begin(): Promise<string> {
    const [total] = await this.store.query<{ cases: number }>('SELECT COUNT(*) AS cases FROM case_file');
    const skip = Math.floor(this.choose() * Number(total?.cases ?? 0));
    const [row] = await this.store.query<{ case_no: string }>(
      'SELECT case_no FROM case_file ORDER BY case_no LIMIT 1 OFFSET ?',
      [skip],
    );
    return row?.case_no ?? '';
  }
}
