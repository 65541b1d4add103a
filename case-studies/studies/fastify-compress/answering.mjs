/**
 * A load of answers that the package compresses, asked for one by one.
 *
 * @param {readonly string[]} inputs
 * @param {object} options of the package
 * @returns {import("../../src/study.d.ts").OpenLoad}
 */
export const answering = (inputs, options) => async (requireFrom) => {
	const app = requireFrom("fastify")();
	await app.register(requireFrom("@fastify/compress"), { encodings: ["gzip"], ...options });
	app.get(
		"/:at",
		async (
			/** @type {{ params: { at: string } }} */ request,
			/** @type {{ type(name: string): void }} */ reply,
		) => {
			reply.type("application/json");
			return inputs[Number(request.params.at)];
		},
	);
	await app.ready();
	return {
		async run(at) {
			const answer = await app.inject({
				url: `/${at % inputs.length}`,
				headers: { "accept-encoding": "gzip" },
			});
			return answer.rawPayload;
		},
		close: () => app.close(),
	};
};
