/** The chain of the ledger for what people and the daemon do about notifications. */
export const NOTIFY_CHAIN = 'notifications';
