import { createLogger, SystemClock } from '@mingjian/runtime';
import { Publisher } from '../../intake/publish';
import { FeedSite } from './feed-site';

// Runs the feeds of a folder with a store and a log in it, says each time something was published, until it is killed.
const [home = '', documents = ''] = process.argv.slice(2);

class TellingPublisher extends Publisher {
  override async publish(...given: Parameters<Publisher['publish']>): ReturnType<Publisher['publish']> {
    const published = await super.publish(...given);
    process.stdout.write('published\n');
    return published;
  }
}

void FeedSite.open(new SystemClock(), home).then(async (site) => {
  const publisher = new TellingPublisher(site.log, 500, null);
  const logger = createLogger({ level: 'error' });
  await site.runner(documents, { publisher, logger, leaseMs: 1000 }).start();
  // The timers of a waiting feed do not keep a process alive: this does.
  setInterval(() => undefined, 1000);
});
