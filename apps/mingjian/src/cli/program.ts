import { Command, CommanderError } from 'commander';
import { BadInputError, problemText } from '@mingjian/contracts';
import { ConfigError } from '@mingjian/runtime';
import { addFileCommands } from './commands/file-commands';
import { addHandoverCommands } from './commands/handover-commands';
import { addIntakeCommands } from './commands/intake-commands';
import { addLedgerCommands } from './commands/ledger-commands';
import { addOfficeCommands } from './commands/office-commands';
import type { Run } from './commands/options';
import { addUpkeepCommands } from './commands/upkeep-commands';
import type { Io } from './io';
import { EXIT, UsageError } from './io';

/* The daemon, its database and its framework take half a second to load: only commands that need them pay for it, so the files in
   commands/ load theirs when they run. */

/**
 * The command line. Each command is useful to a person and is how results are compared with other software: what it
 * prints is a contract.
 * @returns the exit code: 0 done, 1 findings, 64 bad usage, 65 bad data, 70 our fault, 78 bad settings.
 */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.done;
  const run = <A extends unknown[]>(action: (...args: A) => Promise<number>) => {
    return async (...given: A): Promise<void> => {
      code = await action(...given);
    };
  };
  const program = buildProgram(run, io);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return failure(error, io);
  }
}

function failure(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError) {
    io.err(`mingjian: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof ConfigError) {
    io.err(`mingjian: ${error.message}\n`);
    return EXIT.config;
  }
  if (error instanceof BadInputError) {
    for (const problem of error.problems) io.err(`${problemText(problem)}\n`);
    return EXIT.badData;
  }
  io.err(
    `mingjian: a fault of ours: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return EXIT.software;
}

function buildProgram(run: Run, io: Io): Command {
  const program = new Command('mingjian')
    .description(
      '明鉴 Mingjian: lights over the time limits of administrative procedures, with their reasons',
    )
    .exitOverride()
    .configureOutput({ writeOut: (text) => void io.out(text), writeErr: (text) => io.err(text) });
  addFileCommands(program, run, io);
  addIntakeCommands(program, run, io);
  addOfficeCommands(program, run, io);
  addHandoverCommands(program.command('handover').description('packages for the inspection office'), run, io);
  addLedgerCommands(program.command('ledger').description('the ledger that outsiders can verify'), run, io);
  addUpkeepCommands(program, run, io);
  // Sub-commands do not inherit these two.
  for (const command of program.commands.flatMap((direct) => [direct, ...direct.commands]))
    command
      .exitOverride()
      .configureOutput({ writeOut: (text) => void io.out(text), writeErr: (text) => io.err(text) });
  return program;
}
