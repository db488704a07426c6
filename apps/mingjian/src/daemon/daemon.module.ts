import { type DynamicModule, Module } from '@nestjs/common';
import { CollectorModule } from '../../../collector/src';
import { MonitorModule } from '../../../monitor/src/monitor.module';
import type { MonitorPorts } from '../../../monitor/src/monitor-ports';

/**
 * Collector and monitor in one process: department systems → collector → embedded log → monitor.
 * The only place that knows both; the log between them is the same that two processes would share.
 */
@Module({})
export class DaemonModule {
  static register(
    monitor: MonitorPorts,
    collector: Parameters<typeof CollectorModule.register>[0],
  ): DynamicModule {
    return {
      module: DaemonModule,
      imports: [CollectorModule.register(collector), MonitorModule.register(monitor)],
    };
  }
}
