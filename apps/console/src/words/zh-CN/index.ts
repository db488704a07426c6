import actions from './actions';
import bulletins from './bulletins';
import cards from './cards';
import caseWords from './case';
import collection from './collection';
import domain from './domain';
import drafts from './drafts';
import frame from './frame';
import ledger from './ledger';
import ratings from './ratings';
import reports from './reports';
import rules from './rules';
import watch from './watch';

/** Every word, by place. */
export default {
  ...domain,
  ...frame,
  ...watch,
  ...caseWords,
  ...actions,
  ...cards,
  ...ratings,
  ...reports,
  ...bulletins,
  ...rules,
  ...drafts,
  ...collection,
  ...ledger,
};
