import { Entity } from 'typeorm';
import { KeyColumn, NumberColumn, TextColumn } from './columns';

/** What an order rests on. The key lets a light or a finding lead to at most one order of a rule. */
@Entity('order_source')
export class OrderSourceRow {
  /** `rule/NAME`, or `order/ID` of one that a person issued. */
  @KeyColumn('issued_by', 64) issuedBy!: string;
  /** SHA-256 of the identity of the light or finding, hexadecimal. */
  @KeyColumn('source_key', 64) sourceKey!: string;
  @NumberColumn('order_id') orderId!: number;
  @TextColumn('case_no', 64) caseNo!: string;
}
