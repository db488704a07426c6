import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { join } from 'node:path';

/** Somebody whom the provider knows: their subject is the name that they are listed by. */
export interface Person {
  claims: Readonly<Record<string, unknown>>;
  amr?: readonly string[];
  acr?: string;
}

/** What a provider is started with. */
export interface ProviderOptions {
  people: Readonly<Record<string, Person>>;
  redirect: string;
  secret?: string;
  clockAheadSeconds?: number;
  hasOtherKeys?: boolean;
  /** 0: any free one. */
  port?: number;
  host?: '127.0.0.1' | 'localhost';
  signOutAt?: string;
  namesSessions?: boolean;
  /** What it signs with; left out: what every other one does, also one that is started again. */
  key?: JsonWebKey;
}

const KEY = newKey();

/** A key that no other provider has. */
export function newKey(): JsonWebKey {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
}

/** A real provider (the package oidc-provider), as a process of its own. */
export interface RunningProvider {
  issuer: string;
  stop(): Promise<void>;
}

/** Starts one; it listens when this returns. */
export async function runProvider(options: ProviderOptions): Promise<RunningProvider> {
  const given = JSON.stringify({ key: KEY, ...options });
  const child = spawn(process.execPath, [join(__dirname, 'provider.mjs'), given], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const issuer = await firstLine(child);
  return {
    issuer,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

function firstLine({ stdout, stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let problem = '';
    stderr!.on('data', (chunk: Buffer) => (problem += chunk.toString()));
    stdout!.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const end = out.indexOf('\n');
      if (end >= 0) resolve(out.slice(0, end));
    });
    stdout!.on('close', () => reject(new Error(`the provider did not start: ${problem}`)));
  });
}
