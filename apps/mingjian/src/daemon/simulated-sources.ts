import { cityNamed, departmentsOf, sourceOf } from '@mingjian/simulator';
import type { Source, SourceRegistry, UnregisteredSource } from '../../../collector/src';

/**
 * The sources of the demonstration: the departments of the simulated city, which have no keys because nobody can send
 * in their names, beside those that were registered by hand.
 */
export class SimulatedSources implements SourceRegistry {
  private readonly simulated: Source[];

  constructor(
    city: string,
    private readonly registered: SourceRegistry,
  ) {
    const simulated = cityNamed(city);
    this.simulated = departmentsOf().map((department) => ({
      name: sourceOf(simulated, department),
      department,
    }));
  }

  find(key: string): Source | UnregisteredSource | null {
    return this.registered.find(key);
  }

  list(): readonly Source[] {
    return [...this.registered.list(), ...this.simulated];
  }
}
