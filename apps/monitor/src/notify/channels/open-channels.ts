import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import {
  BadInputError,
  type ChannelDocument,
  type Problem,
  type RecipientsDocument,
} from '@mingjian/contracts';
import type { Clock } from '@mingjian/runtime';
import { AlertmanagerChannel } from './alertmanager.channel';
import type { Channel } from './channel';
import { MailChannel } from './mail.channel';
import { RobotChannel } from './robot.channel';
import { SmsChannel } from './sms.channel';
import { WebhookChannel } from './webhook.channel';

/**
 * The channels of a recipients document, with the secrets from the files that it names.
 * @throws BadInputError naming every file that cannot be read or is empty; never what stands in it.
 */
export async function openChannels(
  document: RecipientsDocument,
  file: string,
  wall: Clock,
): Promise<Map<string, Channel>> {
  const problems: Problem[] = [];
  const read = async (path: string | undefined, field: string): Promise<string | null> => {
    if (path === undefined) return null;
    try {
      const text = (await readFile(resolve(dirname(file), path), 'utf8')).trim();
      if (text !== '') return text;
      problems.push(missing(file, field, 'an empty file'));
    } catch (error) {
      problems.push(missing(file, field, (error as NodeJS.ErrnoException).code ?? 'an error'));
    }
    return null;
  };
  const channels = new Map<string, Channel>();
  for (const [name, channel] of Object.entries(document.channels))
    channels.set(
      name,
      await openChannel(channel, (path, key) => read(path, `channels.${name}.${key}`), wall),
    );
  if (problems.length === 0) return channels;
  for (const channel of channels.values()) channel.close();
  throw new BadInputError(problems);
}

async function openChannel(
  channel: ChannelDocument,
  read: (path: string | undefined, key: string) => Promise<string | null>,
  wall: Clock,
): Promise<Channel> {
  switch (channel.kind) {
    case 'mail':
      return new MailChannel(channel, {
        password: await read(channel.passwordFile, 'passwordFile'),
        ca: await read(channel.caFile, 'caFile'),
      });
    case 'webhook':
      return new WebhookChannel(channel, (await read(channel.secretFile, 'secretFile')) ?? '', wall);
    case 'wecom':
      return new RobotChannel('wecom', channel, (await read(channel.urlFile, 'urlFile')) ?? '', null, wall);
    case 'dingtalk':
      return new RobotChannel(
        'dingtalk',
        channel,
        (await read(channel.urlFile, 'urlFile')) ?? '',
        await read(channel.secretFile, 'secretFile'),
        wall,
      );
    case 'sms':
      return new SmsChannel(channel, await read(channel.secretFile, 'secretFile'));
    case 'alertmanager':
      return new AlertmanagerChannel(channel);
  }
}

function missing(place: string, field: string, got: string): Problem {
  return {
    place,
    field,
    expected: 'a file with the secret in it',
    got,
    hint: 'its path is relative to the document',
  };
}
