import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { LIGHTS, TOPICS, type Light } from '@mingjian/contracts';
import { countHeld, type RowScope } from '@mingjian/store';
import { draftsWaitingFor } from '../drafts/drafts-waiting';
import { AllowEverybody, Who, Within, type Principal } from '../identity/principal';
import { MONITOR_GROUP } from '../intake/step-event-intake';
import { Monitor } from '../monitor';
import { Presenter } from './present';

type LightCounts = Record<Light, number>;

/** The state of everything on one page: counts by light, and whether to trust them. */
@ApiTags('board')
@AllowEverybody()
@Controller('v1')
export class OverviewController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get('overview')
  @ApiOperation({
    summary:
      'Open cases by light and department, time, data delay, sources, and drafts of rules that wait for whoever asks',
  })
  async overview(@Within() scope: RowScope, @Who() who: Principal): Promise<object> {
    const { store, log, clock, settings } = this.monitor.ports;
    const rules = this.monitor.rules.current;
    const now = clock.now();
    const present = new Presenter(rules, now);
    const lights = noLights();
    const departments = new Map<string | null, LightCounts>(
      Object.keys(rules.book.newest.ruleset.document.departments)
        .filter((code) => scope.covers(code))
        .map((code) => [code, noLights()]),
    );
    const silent = await this.monitor.sources.silentDepartments();
    for (const row of await this.monitor.counts.read()) {
      if (!scope.covers(row.department)) continue;
      // Unknown is not green, and not red either: nothing is known of them now.
      const light = row.department !== null && silent.has(row.department) ? 'grey' : (row.light as Light);
      const counts = departments.get(row.department) ?? noLights();
      departments.set(row.department, counts);
      counts[light] += Number(row.count);
      lights[light] += Number(row.count);
    }
    const lag = await log.lag(MONITOR_GROUP, TOPICS.stepEvents);
    const sources = (await this.monitor.sources.read()).filter(({ department }) => scope.covers(department));
    const { ruleset, calendar } = rules.book.newest;
    return {
      now: present.time(now),
      demo: settings.demo,
      lights,
      departments: [...departments].map(([department, counts]) => ({
        department,
        departmentName: present.departmentName(department),
        ...counts,
      })),
      dataDelaySeconds: this.monitor.dataDelayMs / 1000,
      logLag: [...lag.values()].reduce((sum, records) => sum + records, 0),
      sources: { alive: sources.filter(({ isAlive }) => isAlive).length, total: sources.length },
      // What lies in quarantine is nobody's yet.
      quarantineHeld: scope.isEverything ? await countHeld(store) : null,
      // Drafts hold the rules of all departments.
      drafts: scope.isEverything ? await draftsWaitingFor(store, who) : null,
      ready: this.monitor.isReady,
      isWorkingTime: calendar.isOpen(now),
      rules: {
        ruleset: ruleset.id,
        version: ruleset.version,
        calendar: calendar.id,
        calendarVersion: calendar.version,
        calendarDaysLeft: calendar.publishedDaysLeft(now),
        loadSuccessful: this.monitor.rules.isLoadSuccessful,
      },
    };
  }
}

function noLights(): LightCounts {
  return Object.fromEntries(LIGHTS.map((light) => [light, 0])) as LightCounts;
}
