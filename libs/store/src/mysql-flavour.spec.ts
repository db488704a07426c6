import { flavourOf } from './mysql-flavour';

describe('the flavour of a server', () => {
  it.each([
    ['8.0.11-TiDB-v8.5.0', 'tidb'],
    ['5.7.25-TiDB-v6.5.3', 'tidb'],
    ['5.7.25-OceanBase-v4.3.5.0', 'oceanbase'],
    ['10.11.6-MariaDB-0+deb12u1', 'mysql'],
    ['8.4.2', 'mysql'],
  ])('%s is that of %s', (version, flavour) => {
    expect(flavourOf(version)).toBe(flavour);
  });
});
