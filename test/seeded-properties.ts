import fc from 'fast-check';

/**
 * Property tests look at the same random cases in every run, so that a run tells of the change and not of chance.
 * `FC_SEED=random npm test` looks at others, `FC_SEED=123` at those of a failure; `npm run prove` looks at many.
 */
const wanted = process.env.FC_SEED ?? '20261122';
fc.configureGlobal({ ...fc.readConfigureGlobal(), ...(wanted === 'random' ? {} : { seed: Number(wanted) }) });
