// What workerd runs: a worker that does a job for a request.

import { servesRequests } from "./global-scope.ts";
import { notOnWorkerd } from "./inapplicable.ts";
import { jobs } from "./jobs.ts";
import { kitOf } from "./kit.ts";

export default {
	async fetch(request: Request): Promise<Response> {
		const job = new URL(request.url).pathname.slice(1);
		if (job === "clock") return Response.json({ result: await jobs.clock(kitOf(globalThis.gc)) });
		// First, as the contract's tests age every pool.
		const first = await servesRequests();
		return Response.json({ result: [first, ...(await jobs.contract(kitOf(globalThis.gc), notOnWorkerd))] });
	},
};
