import {
  Controller,
  ForbiddenException,
  Get,
  Header,
  Inject,
  NotFoundException,
  Query,
} from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { lineOfRow, publicPemOf, ROOT_CHAIN, ROOT_SIGNED } from '@mingjian/ledger';
import { lastLedgerRow, ledgerHeads, ledgerRowsOfSubject, type RowScope } from '@mingjian/store';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Allow, Within } from '../identity/principal';
import { keyRows } from '../ledger/ledger-keys';
import { proveSubjects } from '../ledger/prove-rows';
import { Monitor } from '../monitor';
import { ProblemPipe } from './problem-pipe';

class LedgerQuery extends createZodDto(
  z.strictObject({
    subject: z.string().min(1).max(160).describe('A case number, the number of an order, an account'),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
) {}

class ProofQuery extends createZodDto(z.strictObject({ subject: z.string().min(1).max(160) })) {}

/** 留痕账本: what was written for ever. Read only: rows come into being with what they record. */
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
  @ApiOperation({ summary: 'What the ledger says about a subject, oldest first, each row as in an export' })
  async entries(
    @Query(ProblemPipe) { subject, limit }: LedgerQuery,
    @Within() scope: RowScope,
  ): Promise<object> {
    requireWholeSite(scope);
    const rows = await ledgerRowsOfSubject(this.monitor.ports.store, subject, limit);
    return { entries: rows.map((row) => JSON.parse(lineOfRow(row)) as object) };
  }

  @Get('proof')
  @ApiOperation({
    summary: 'The rows about a subject with their way up to a signed root; verifiable offline',
  })
  async proof(@Query(ProblemPipe) { subject }: ProofQuery, @Within() scope: RowScope): Promise<object> {
    requireWholeSite(scope);
    return proveSubjects(this.monitor.ports.store, [subject]);
  }
}

/** A row says nothing of the district that it belongs to: who may see a part of the site cannot be shown a part of the ledger. */
function requireWholeSite(scope: RowScope): void {
  if (!scope.isEverything)
    throw new ForbiddenException('the ledger is for those whose view is not limited to a district');
}
