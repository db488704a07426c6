import { Controller, Get, Header, Inject, NotFoundException, Query } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { lineOfRow, publicPemOf, ROOT_CHAIN, ROOT_SIGNED } from '@mingjian/ledger';
import { lastLedgerRow, ledgerHeads, ledgerRowsOfSubject, type RowScope } from '@mingjian/store';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Allow, Who, Within, type Principal } from '../identity/principal';
import { keyRows } from '../ledger/ledger-keys';
import { proveSubjects } from '../ledger/prove-rows';
import { isSubjectSeen } from '../ledger/seen-subject';
import { Monitor } from '../monitor';
import { ProblemPipe } from './problem-pipe';

class LedgerQuery extends createZodDto(
  z.strictObject({
    subject: z.string().min(1).max(160).describe('A case number, the number of an order, an account'),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
) {}

class ProofQuery extends createZodDto(z.strictObject({ subject: z.string().min(1).max(160) })) {}

/**
 * 留痕账本: what was written for ever. Read only: rows come into being with what they record. Who sees a part of the site is shown
 * what the ledger says of that part; the ends of the chains, which name nobody, everybody who may read it.
 */
@ApiTags('ledger')
@Allow('inspector', 'auditor', 'administrator')
@Controller('v1/ledger')
export class LedgerController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @ApiOperation({ summary: 'Ends of all chains, the last signed root and the key in force' })
  async state(): Promise<object> {
    const { store } = this.monitor.ports;
    const root = await lastLedgerRow(store, ROOT_CHAIN, ROOT_SIGNED);
    const keys = await keyRows(store);
    return {
      root: root === null ? null : { hash: root.hash, seq: root.seq, at: new Date(root.at).toISOString() },
      keys: keys.map(({ at, bodyText }) => ({
        id: (JSON.parse(bodyText) as { key: string }).key,
        since: new Date(at).toISOString(),
      })),
      chains: (await ledgerHeads(store)).map(({ chain, algorithm, seq, hash }) => ({
        chain,
        algorithm,
        rows: seq,
        hash,
      })),
    };
  }

  @Get('public-key')
  @ApiOperation({ summary: 'The public key in force, PEM' })
  @ApiProduces('application/x-pem-file')
  @Header('content-type', 'application/x-pem-file')
  async publicKey(): Promise<string> {
    const keys = await keyRows(this.monitor.ports.store);
    const last = keys[keys.length - 1];
    if (last === undefined) throw new NotFoundException('no key signs the ledger of this site yet');
    return publicPemOf((JSON.parse(last.bodyText) as { publicKey: string }).publicKey);
  }

  @Get('entries')
  @ApiOperation({
    summary: 'What the ledger says about a subject, oldest first, each row as in an export',
    description: 'Nothing of a subject that the asker may not see, as of one that there is not.',
  })
  async entries(
    @Query(ProblemPipe) { subject, limit }: LedgerQuery,
    @Who() who: Principal,
    @Within() scope: RowScope,
  ): Promise<object> {
    const { store } = this.monitor.ports;
    const rows = (await isSubjectSeen(store, subject, who, scope))
      ? await ledgerRowsOfSubject(store, subject, limit)
      : [];
    return { entries: rows.map((row) => JSON.parse(lineOfRow(row)) as object) };
  }

  @Get('proof')
  @ApiOperation({
    summary: 'The rows about a subject with their way up to a signed root; verifiable offline',
    description: '404 where the ledger says nothing of the subject, or nothing that the asker may see.',
  })
  async proof(
    @Query(ProblemPipe) { subject }: ProofQuery,
    @Who() who: Principal,
    @Within() scope: RowScope,
  ): Promise<object> {
    const { store } = this.monitor.ports;
    const isSeen = await isSubjectSeen(store, subject, who, scope);
    const proof = isSeen ? await proveSubjects(store, [subject]) : null;
    if (proof === null || proof.rows.length === 0)
      throw new NotFoundException(
        `the ledger says nothing about ${JSON.stringify(subject)} that you may see`,
      );
    return proof;
  }
}
