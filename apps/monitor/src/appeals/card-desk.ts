import type { ActEvent, CardContent, CardRecord, CardWithdrawal, LightDecision } from '@mingjian/contracts';
import {
  actsOf,
  clockOfCard,
  insertCard,
  lightChangesOfCase,
  loadCard,
  loadCaseFiles,
  RowScope,
  saveCard,
  takeNumber,
  type LightChangeRow,
  type ManualCardRow,
  type Queryable,
} from '@mingjian/store';
import { ActBatch, digestOfAct } from '../acts/act-batch';
import { ActRefused } from '../acts/act-refused';
import { actKeyOf, doneOnce } from '../acts/done-once';
import { giveLight, takeLightAway } from '../acts/light-acts';
import { rulesOf, yearOf } from '../acts/rules-of';
import { hasRole, type Principal } from '../identity/principal';
import type { DeskPorts, LightOfAct } from '../orders/order-desk';
import { cardLight } from './card-light';
import { decideLight, type LightIssueSeen } from './light-issue';

/** A card with its events. */
export interface CardSeen {
  row: ManualCardRow;
  events: ActEvent<CardRecord>[];
  /** Whether its light holds: neither taken back nor appealed against with success. */
  holds: boolean;
}

/**
 * 人工发牌: lights that inspectors give by hand, for what no clock measures. A card stands among the light changes of its case
 * as clock `manual#ID`: shown, told and appealed against like the others. It does not change what the clocks say, and the
 * judge leaves it alone.
 */
export class CardDesk {
  constructor(private readonly ports: DeskPorts) {}

  /** Gives a card. @throws ActRefused. */
  async issue(content: CardContent, who: Principal, scope: RowScope, key?: string): Promise<CardSeen> {
    requireInspector(who);
    const { clock, book, shardOf, isTelling } = this.ports;
    const actKey = actKeyOf(who.id, key);
    let given: LightOfAct[] = [];
    return await doneOnce(
      { store: this.ports.store, committed: () => this.ports.committed(given) },
      actKey,
      ({ matter, type, act }) =>
        matter === 'card' &&
        type === 'issued' &&
        cardDigest(JSON.parse(act) as CardContent) === cardDigest(content),
      async (transaction) => {
        const now = clock.now();
        const file = (await loadCaseFiles(transaction, [content.caseNo])).get(content.caseNo);
        if (file === undefined)
          throw new ActRefused('unknown-case', `no case has the number ${JSON.stringify(content.caseNo)}`);
        const department = content.department ?? file.department;
        if (department === null)
          throw new ActRefused(
            'unknown-department',
            'the case names no department; name the one that answers',
          );
        if (!scope.covers(department))
          throw new ActRefused('not-yours', 'the department lies outside of what you supervise');
        const { document, calendar } = rulesOf(book(), now, department);
        if (content.department !== undefined && document.departments[department] === undefined)
          throw new ActRefused(
            'unknown-department',
            `the ruleset knows no department ${JSON.stringify(department)}`,
          );
        const year = yearOf(calendar, now);
        const no = `发牌〔${year}〕${await takeNumber(transaction, 'card', year)}号`;
        const { caseNo, light, reason } = content;
        const card = await insertCard(transaction, {
          no,
          caseNo,
          department,
          light,
          reason,
          issuedAt: now,
          withdrawnAt: null,
          version: 1,
        });
        const act: CardRecord = { type: 'issued', ...content, department };
        const batch = new ActBatch('card', card.id, no, 0, isTelling());
        batch.add(act, now, { id: who.id, name: who.name }, actKey, { caseNo, department, light, reason });
        const change = cardLight(card, file.itemCode, document.version, calendar.version);
        await giveLight(transaction, change, shardOf(caseNo), now, batch);
        await batch.write(transaction, now);
        given = [{ ...change, reason: 'manual' }];
        return this.read(card.id, RowScope.everything, transaction);
      },
      ({ matterId }) => this.read(matterId, RowScope.everything),
      // The light of a card is a row of its case, and stands in the ledger's chain of that shard.
      [shardOf(content.caseNo)],
    );
  }

  /** Takes a card back. @throws ActRefused. */
  async withdraw(
    id: number,
    { version, reason }: CardWithdrawal,
    who: Principal,
    scope: RowScope,
    key?: string,
  ): Promise<CardSeen> {
    requireInspector(who);
    const { clock, shardOf, isTelling } = this.ports;
    const actKey = actKeyOf(who.id, key);
    const act: CardRecord = { type: 'withdrawn', reason };
    let taken: LightOfAct[] = [];
    return await doneOnce(
      { store: this.ports.store, committed: () => this.ports.committed(taken) },
      actKey,
      (done) =>
        done.matter === 'card' &&
        done.matterId === id &&
        digestOfAct(JSON.parse(done.act) as object) === digestOfAct(act),
      async (transaction) => {
        const now = clock.now();
        const row = await loadCard(transaction, id, scope);
        if (row === null) throw new ActRefused('not-found', `there is no card ${id} that you may see`);
        if (row.version !== version)
          throw new ActRefused(
            'stale-version',
            `${row.no} has version ${row.version} and not ${version}: somebody acted since; read it again`,
          );
        const light = await lightOfCard(transaction, row);
        if (row.withdrawnAt !== null || light === null)
          throw new ActRefused('wrong-state', `${row.no} does not hold any more`);
        const next = { ...row, withdrawnAt: now, version: row.version + 1 };
        if (!(await saveCard(transaction, next, row.version)))
          throw new ActRefused('stale-version', `somebody else acted on ${row.no} at the same moment`);
        const batch = new ActBatch('card', id, row.no, row.version, isTelling());
        batch.add(act, now, { id: who.id, name: who.name }, actKey, { caseNo: row.caseNo });
        await takeLightAway(transaction, light, 'manual', shardOf(row.caseNo), now, batch);
        await batch.write(transaction, now);
        taken = [{ ...light, reason: 'manual' }];
        return this.read(id, RowScope.everything, transaction);
      },
      () => this.read(id, RowScope.everything),
    );
  }

  /** Decides about a light that waits for confirmation. @throws ActRefused. */
  decide(id: number, decision: LightDecision, who: Principal, scope: RowScope): Promise<LightIssueSeen> {
    requireInspector(who);
    return decideLight(this.ports, id, decision, who, scope);
  }

  /** One card. @throws ActRefused `not-found`, also where the scope does not cover it. */
  async read(id: number, scope: RowScope, from: Queryable = this.ports.store): Promise<CardSeen> {
    const row = await loadCard(from, id, scope);
    if (row === null) throw new ActRefused('not-found', `there is no card ${id} that you may see`);
    return {
      row,
      events: await actsOf<CardRecord>(from, 'card', id),
      holds: (await lightOfCard(from, row)) !== null,
    };
  }
}

/** The light of a card while it holds. */
async function lightOfCard(from: Queryable, { id, caseNo }: ManualCardRow): Promise<LightChangeRow | null> {
  const clock = clockOfCard(id);
  const rows = await lightChangesOfCase(from, caseNo);
  return rows.find((row) => row.clock === clock && row.supersededAt === null) ?? null;
}

function requireInspector(who: Principal): void {
  if (!hasRole(who, 'inspector'))
    throw new ActRefused('not-yours', 'cards are given, confirmed and taken back by an inspector (监察员)');
}

function cardDigest({ caseNo, light, reason, text, basis }: CardContent): string {
  return digestOfAct({ caseNo, light, reason, text, basis });
}
