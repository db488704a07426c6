import { Entity } from 'typeorm';
import { KeyColumn, LongTextColumn } from './columns';

/** 投诉人身份: who complained, encrypted. Apart from the complaint, so that no list and no join can show it by accident. */
@Entity('complainant')
export class ComplainantRow {
  @KeyColumn('complaint_no', 40) complaintNo!: string;
  /** A `ComplainantIdentity` as JSON, sealed for the place `complaint/NO/complainant`. */
  @LongTextColumn('sealed') sealed!: string;
}
