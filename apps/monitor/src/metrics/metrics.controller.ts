import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Monitor } from '../monitor';

/** What Prometheus reads. */
@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(Monitor) private readonly monitor: Monitor) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'Metrics in the Prometheus text format' })
  metrics(): Promise<string> {
    return this.monitor.ports.registry.metrics();
  }
}
