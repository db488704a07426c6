/**
 * Metadata of an endpoint that asks nobody who they are; the value says why that is right. Every process refuses to serve
 * an endpoint that names neither this nor whom it lets in.
 */
export const OPEN = 'mingjian:open-because';
