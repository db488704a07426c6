import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { BadInputError } from '@mingjian/contracts';
import { z } from 'zod';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const FORM = 'mj1';

const KeyFile = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[0-9a-f]{8}$/, 'eight digits of 0-9 and a-f'),
        key: z
          .string()
          .refine((text) => Buffer.from(text, 'base64').length === KEY_BYTES, '32 bytes in base64'),
      }),
    )
    .min(1),
});
type Key = z.infer<typeof KeyFile>['keys'][number];

/**
 * Encrypts short texts for the database: AES-256-GCM, a fresh nonce for each, bound to the place where they stand, so that
 * a value copied into another row does not open. The keys lie in a file outside the database, readable by its owner only.
 *
 * Rotation: a new key is put before the others and seals from then on; the others open what they sealed until everything
 * was sealed anew.
 */
export class SealingKeys {
  private constructor(
    private readonly file: string,
    private keys: readonly Key[],
  ) {}

  /**
   * The keys of a file, which is made with one key where it does not exist.
   * @throws BadInputError where it is damaged, or others than its owner may read it.
   */
  static open(file: string): SealingKeys {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) create(file, [newKey()]);
    const { mode } = statSync(file);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new BadInputError([
        {
          place: file,
          field: '',
          expected: 'a key file that only its owner may read',
          got: `mode ${(mode & 0o777).toString(8)}`,
          hint: `chmod 600 ${file}; whoever read it may know the keys: rotate them`,
        },
      ]);
    return new SealingKeys(file, keysIn(readFileSync(file, 'utf8'), file));
  }

  /**
   * Puts a new key before those of the file. A process that runs seals with its earlier key until it meets a value that
   * the new one sealed; it then reads the file again. Nothing has to be stopped.
   */
  static rotate(file: string): SealingKeys {
    const { keys } = SealingKeys.open(file);
    const rotated = [newKey(), ...keys];
    const draft = `${file}.${process.pid}.tmp`;
    create(draft, rotated);
    renameSync(draft, file);
    return new SealingKeys(file, rotated);
  }

  /** @param place where the value stands, such as `account/ID/totp`; needed again to open it. */
  seal(text: string, place: string): string {
    const { id, key } = this.keys[0]!;
    const nonce = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), nonce);
    cipher.setAAD(Buffer.from(place, 'utf8'));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${FORM}.${id}.${sealed.toString('base64url')}`;
  }

  /** @throws Error where the key is not known, or the value was changed or moved. The error holds nothing of the value. */
  open(sealed: string, place: string): string {
    const [form, id, value = ''] = sealed.split('.');
    let key = this.keys.find((candidate) => candidate.id === id);
    if (key === undefined) {
      this.keys = SealingKeys.open(this.file).keys;
      key = this.keys.find((candidate) => candidate.id === id);
    }
    if (form !== FORM || key === undefined)
      throw new Error(`what stands at ${place} was sealed by a key that is not in the key file`);
    const bytes = Buffer.from(value, 'base64url');
    const decipher = createDecipheriv(
      'aes-256-gcm',
      Buffer.from(key.key, 'base64'),
      bytes.subarray(0, IV_BYTES),
      { authTagLength: TAG_BYTES },
    );
    decipher.setAAD(Buffer.from(place, 'utf8'));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch (error) {
      throw new Error(`what stands at ${place} does not open: it was changed, or moved from elsewhere`, {
        cause: error,
      });
    }
  }

  /** The same text under the newest key; null where it stands under it already. @throws as {@link open} */
  sealAnew(sealed: string, place: string): string | null {
    return sealed.split('.')[1] === this.keys[0]!.id ? null : this.seal(this.open(sealed, place), place);
  }
}

/** What is wrong is told without what stands there: it may be a key with a letter too many. */
function keysIn(text: string, file: string): readonly Key[] {
  const parsed = KeyFile.safeParse(parsedJson(text));
  if (parsed.success) return parsed.data.keys;
  throw new BadInputError([
    {
      place: file,
      field: 'keys',
      expected: 'JSON as it was written: a list of keys with id and 32 bytes in base64',
      got: 'something else',
      hint: 'bring back the file that was made; without it nothing opens that its keys sealed',
    },
  ]);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function newKey(): Key {
  return { id: randomBytes(4).toString('hex'), key: randomBytes(KEY_BYTES).toString('base64') };
}

/** A file that is there already stays as it is: of two processes that begin together the first makes it. */
function create(file: string, keys: readonly Key[]): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o750 });
  let handle: number;
  try {
    handle = openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  try {
    writeSync(handle, `${JSON.stringify({ keys }, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
