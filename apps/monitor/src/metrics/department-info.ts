import { Gauge, type Registry } from 'prom-client';
import { UNKNOWN, type LabelLists } from './label-lists';

/**
 * Names and places of the departments, as labels of a series that is always 1: a dashboard joins them to the numbers of a
 * department, so that no other metric carries them. As many series as departments.
 */
export function departmentInfo(registry: Registry, labels: () => LabelLists): void {
  new Gauge({
    name: 'mingjian_department_info',
    help: '1 for each department of the rules in force, with its name, district and hall; join it on department',
    labelNames: ['department', 'name', 'district', 'hall'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { code, name, district, hall } of labels().directory)
        this.set({ department: code, name, district: district ?? UNKNOWN, hall: hall ?? UNKNOWN }, 1);
    },
  });
}
