import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Open } from '../identity/principal';
import { Monitor } from '../monitor';
import { Scrape } from './scrape';

/** What Prometheus reads. */
@ApiTags('health')
@Open('numbers by closed lists of labels, never a case number; keep it inside the network')
@Controller('metrics')
export class MetricsController {
  private readonly scrape: Scrape;

  constructor(@Inject(Monitor) { ports }: Monitor) {
    this.scrape = new Scrape(ports.registry, ports.logger);
  }

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'Metrics in the Prometheus text format' })
  metrics(): Promise<string> {
    return this.scrape.text();
  }
}
