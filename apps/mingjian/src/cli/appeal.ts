import {
  APPEAL_STATES,
  AppealActBody,
  AppealContent,
  CardContent,
  CardWithdrawal,
  LightDecision,
} from '@mingjian/contracts';
import { lightStatistics, listAppeals, listCards, listWaitingLights, RowScope } from '@mingjian/store';
import type { AppealSeen } from '../../../monitor/src/appeals/appeal-desk';
import {
  APPEAL_STATE_NAMES,
  CARD_REASON_NAMES,
  CARD_STATE_NAMES,
} from '../../../monitor/src/appeals/appeal-words';
import type { CardSeen } from '../../../monitor/src/appeals/card-desk';
import {
  presentAppeal,
  presentAppealRow,
  presentCard,
  presentCardRow,
  presentLightIssue,
} from '../../../monitor/src/appeals/present-appeal';
import { fileOf, idOf, personOf, withDesk, type ActOptions, type CliDesk } from './act-desk';
import { inColumns } from './in-columns';
import type { Io } from './io';
import { UsageError } from './io';
import { periodOf } from './period';
import { mattersInWords, matterInWords, say } from './say-matter';

const MOST = 500;
const ALL = RowScope.everything;

/** `mingjian appeal`: appeals against lights (申诉), and the figures of lights gross and net of them. */
export function appealCommand(
  action: string,
  id: string | undefined,
  options: ActOptions,
  io: Io,
): Promise<number> {
  return withDesk(options, io, async (desk) => {
    const { appeals } = desk.desks;
    switch (action) {
      case 'list':
        return listAll(desk);
      case 'show':
        return showAppeal(desk, await appeals.read(idOf(id), ALL));
      case 'file': {
        const { who, scope } = await personOf(desk);
        return showAppeal(
          desk,
          await appeals.file(await fileOf(desk, AppealContent), who, scope, options.key),
        );
      }
      case 'act': {
        const { who, scope } = await personOf(desk);
        const body = await fileOf(desk, AppealActBody);
        return showAppeal(desk, await appeals.act(idOf(id), body, who, scope, options.key));
      }
      case 'statistics':
        return statistics(desk);
      default:
        throw new UsageError(`appeal ${action}: the actions are list, show, file, act and statistics`);
    }
  });
}

/** `mingjian card`: lights that inspectors give by hand (人工发牌). */
export function cardCommand(
  action: string,
  id: string | undefined,
  options: ActOptions,
  io: Io,
): Promise<number> {
  return withDesk(options, io, async (desk) => {
    const { cards } = desk.desks;
    switch (action) {
      case 'list': {
        const rows = await listCards(desk.store, { limit: MOST }, ALL);
        const lines = rows.map((row) => [String(row.id), row.light, row.department, row.caseNo, row.no]);
        const answer = { cards: rows.map((row) => presentCardRow(row, desk.present)) };
        return say(desk, answer, rows.length === 0 ? 'no cards\n' : inColumns(lines));
      }
      case 'show':
        return showCard(desk, await cards.read(idOf(id), ALL));
      case 'issue': {
        const { who, scope } = await personOf(desk);
        return showCard(desk, await cards.issue(await fileOf(desk, CardContent), who, scope, options.key));
      }
      case 'withdraw': {
        const { who, scope } = await personOf(desk);
        const body = await fileOf(desk, CardWithdrawal);
        return showCard(desk, await cards.withdraw(idOf(id), body, who, scope, options.key));
      }
      case 'waiting': {
        const lights = await listWaitingLights(desk.store, { limit: MOST }, ALL);
        const lines = lights.map((row) => [
          String(row.id),
          row.toLight,
          row.department ?? '?',
          row.caseNo,
          row.clock,
          desk.present.time(row.becameAt),
        ]);
        const answer = { waiting: lights.map((row) => presentLightIssue(row, null, desk.present)) };
        return say(desk, answer, lights.length === 0 ? 'no lights wait\n' : inColumns(lines));
      }
      case 'decide': {
        const { who, scope } = await personOf(desk);
        const decision = await fileOf(desk, LightDecision);
        const { light, decided, state } = await cards.decide(idOf(id), decision, who, scope);
        return say(
          desk,
          presentLightIssue(light, decided, desk.present),
          `${light.caseNo} ${light.clock} ${light.toLight}  ${CARD_STATE_NAMES[state]}\n`,
        );
      }
      default:
        throw new UsageError(
          `card ${action}: the actions are list, show, issue, withdraw, waiting and decide`,
        );
    }
  });
}

async function listAll(desk: CliDesk): Promise<number> {
  const { store, present, options } = desk;
  const state = APPEAL_STATES.find((one) => one === options.state);
  if (options.state !== undefined && state === undefined)
    throw new UsageError(`--state: one of ${APPEAL_STATES.join(', ')}`);
  const rows = await listAppeals(store, { state, limit: MOST }, ALL);
  const answer = { appeals: rows.map((row) => presentAppealRow(row, present)) };
  return say(
    desk,
    answer,
    mattersInWords(desk, rows, ({ no, caseNo }) => `${no} ${caseNo}`, 'no appeals'),
  );
}

function showAppeal(desk: CliDesk, seen: AppealSeen): Promise<number> {
  const { row, facts } = seen;
  const heading = `${row.no}  ${APPEAL_STATE_NAMES[facts.state]}  ${row.caseNo} ${row.clock} ${row.toLight}`;
  return say(desk, { appeal: presentAppeal(seen, desk.present) }, matterInWords(desk, heading, seen));
}

function showCard(desk: CliDesk, seen: CardSeen): Promise<number> {
  const { row, holds } = seen;
  return say(
    desk,
    { card: presentCard(seen, desk.present) },
    `${row.no}  ${row.caseNo} ${row.light}  ${CARD_REASON_NAMES[row.reason]}\n` +
      `id ${row.id}  version ${row.version}  ${holds ? 'holds' : 'does not hold'}\n`,
  );
}

async function statistics(desk: CliDesk): Promise<number> {
  const { store, rules, options } = desk;
  const { since, until } = options;
  if (since === undefined || until === undefined)
    throw new UsageError('appeal statistics needs --since TIME and --until TIME');
  const { calendar } = rules.book.newest;
  const period = periodOf({ since, until }, calendar);
  const lights = await lightStatistics(store, period.since, period.until + 1, ALL);
  const rows = lights.map((one) => [
    one.department ?? '?',
    one.light,
    String(one.gross),
    String(one.upheld),
    String(one.withdrawn),
    String(one.net),
    desk.present.departmentName(one.department) ?? '',
  ]);
  const heading = ['department', 'light', 'gross', 'upheld', 'withdrawn', 'net', ''];
  return say(desk, { lights }, inColumns([heading, ...rows]));
}
