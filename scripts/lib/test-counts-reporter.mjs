/**
 * A reporter for node's test runner that gives the run's counts as JSON; the runner publishes them as diagnostics
 * (`pass 12`) at the end.
 *
 * @param {AsyncIterable<{ type: string, data: { message?: string, nesting?: number } }>} events
 */
export default async function* testCounts(events) {
	/** @type {Record<string, number>} */
	const counts = {};
	for await (const { type, data } of events) {
		if (type !== "test:diagnostic" || data.nesting !== 0) continue;
		const match = /^(pass|fail|cancelled|skipped|todo) (\d+)$/.exec(data.message ?? "");
		if (match) counts[String(match[1])] = Number(match[2]);
	}
	yield JSON.stringify(counts);
}
