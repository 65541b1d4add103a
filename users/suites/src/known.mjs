/**
 * The tests that a stand-in does not pass, by suite, each with the reason, which `docs/migrating` gives at length.
 *
 * @type {Record<string, Record<string, string>>}
 */
export const KNOWN = {};
