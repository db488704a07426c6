/** Adds an occurrence of an option that may be given several times. */
export const collect = (value: string, earlier: string[] = []): string[] => [...earlier, value];

export const JSON_FLAG = ['--json', 'print JSON for programs'] as const;
export const DATA_DIR = [
  '--data-dir <dir>',
  'where the daemon keeps its data (default: live below MINGJIAN_DATA_DIR)',
] as const;

/** Makes a command of a function that returns an exit code. */
export type Run = <A extends unknown[]>(
  action: (...args: A) => Promise<number>,
) => (...given: A) => Promise<void>;
