import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CLOCK = join(__dirname, 'jumping-clock.cjs');
/** A service manager waits a moment, so that a process that cannot start does not eat the machine. */
const RESTART_MS = 300;
const COMPLAINT = /^\{"level":"(?:warn|error|fatal)".*"msg":"([^"]*)"\}$/gm;

export interface ProcessOptions {
  name: string;
  main: string;
  env: Readonly<Record<string, string>>;
  /** Where its log and the file of its clock go. */
  dir: string;
}

/** A process of the product under a manager of services: one that ends without having been asked to is started again. */
export class ManagedProcess {
  /** How it ended when nobody had asked for it: exit codes and signals, with their number. */
  readonly endings = new Map<string, number>();
  starts = 0;
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private isWanted = false;
  private isStopped = false;
  private again: NodeJS.Timeout | undefined;

  constructor(private readonly options: ProcessOptions) {}

  get name(): string {
    return this.options.name;
  }

  /** Its number while it runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  get logFile(): string {
    return join(this.options.dir, `${this.name}.log`);
  }

  /** What its present run has said. */
  get said(): string {
    if (!existsSync(this.logFile)) return '';
    return readFileSync(this.logFile, 'utf8').slice(this.saidBefore);
  }
  private saidBefore = 0;

  /** Messages of its warnings and errors, of all runs, with their number. */
  get complaints(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const [, message = ''] of readFileSync(this.logFile, 'utf8').matchAll(COMPLAINT))
      counts.set(message, (counts.get(message) ?? 0) + 1);
    return counts;
  }

  start(): void {
    this.isWanted = true;
    this.run();
  }

  /** `kill -9`; the manager starts it again unless told otherwise. */
  async kill({ again = true } = {}): Promise<void> {
    this.isWanted = again;
    this.signal('SIGKILL');
    await this.ended;
  }

  /** Holds the process as it is; it notices nothing. */
  stall(): void {
    this.signal('SIGSTOP');
    this.isStopped = true;
  }

  goOn(): void {
    this.signal('SIGCONT');
    this.isStopped = false;
  }

  /** Sets its clock that far off. */
  jump(offsetMs: number): void {
    writeFileSync(this.clockFile, String(offsetMs));
    this.signal('SIGUSR2');
  }

  /** An orderly stop. @returns the exit code, or the signal that ended it: SIGKILL where it had to be killed. */
  async stop(withinMs = 15_000): Promise<number | NodeJS.Signals | null> {
    this.isWanted = false;
    clearTimeout(this.again);
    const { child } = this;
    if (child === null) return 0;
    if (this.isStopped) this.goOn();
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
    await this.ended;
    clearTimeout(timer);
    return child.exitCode ?? child.signalCode;
  }

  private get clockFile(): string {
    return join(this.options.dir, `${this.name}.clock`);
  }

  private signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  private run(): void {
    const { main, env } = this.options;
    const output = openSync(this.logFile, 'a');
    this.saidBefore = readFileSync(this.logFile).length;
    const child = spawn(process.execPath, ['-r', CLOCK, main], {
      stdio: ['ignore', output, output],
      env: { ...withoutSettings(process.env), ...env, CHAOS_CLOCK_FILE: this.clockFile },
    });
    closeSync(output);
    this.starts++;
    this.child = child;
    this.isStopped = false;
    this.ended = new Promise((resolve) => {
      child.on('exit', (code, signal) => {
        this.child = null;
        if (this.isWanted) {
          const ending = signal ?? `exit ${code}`;
          this.endings.set(ending, (this.endings.get(ending) ?? 0) + 1);
          this.again = setTimeout(() => this.isWanted && this.run(), RESTART_MS);
        }
        resolve();
      });
    });
  }
}

/** The environment of whoever runs the tests says nothing about the product. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('MINGJIAN_')));
}
