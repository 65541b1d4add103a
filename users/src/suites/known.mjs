const OUTAGE = "who waits for the one connection is told its failure at once";
const ABORTED = "an abort while a resource is being validated leaves the healthy resource in the pool";

/**
 * The tests that a stand-in does not pass, by suite, each with the reason, which `docs/migrating` gives at length.
 *
 * @type {Record<string, Record<string, string>>}
 */
export const KNOWN = {
	"pg-pool": {
		"connection timeout releases newly connected clients if the queued already timed out": OUTAGE,
	},
	tarn: {
		"Tarn should allow to abort pending acquire even if validation is not ready": ABORTED,
	},
};
