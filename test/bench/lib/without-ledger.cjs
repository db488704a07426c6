// `node --require` of this file: a monitor whose judge writes no row into the ledger. For ledger-overhead.mjs alone, which holds such a
// monitor against the product on the same events: the product itself has no switch for it, on purpose (who supervises is supervised).
const judge = require('../../../dist/apps/monitor/src/judge/light-ledger.js');

judge.lightLedger = () => [];
