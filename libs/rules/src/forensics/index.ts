/** Forensics (时间戳核查): signs that the times of a record were made up. Order: case record → detectors → examination. */
export { Examination, type ExaminationResult } from './examination';
export { contradicts, type OutsideVoice } from './contradicts';
export {
  FORENSIC_CODES,
  forensicKey,
  type ForensicCode,
  type ForensicFinding,
  type ForensicKind,
  type ForensicScope,
} from './forensic-finding';
export { FORENSIC_TEXTS, forensicFindingInChinese } from './in-chinese';
export { forensicSettings, type ForensicSettings } from './settings';
export { addMonths, monthAt, startOfMonth } from './month';
