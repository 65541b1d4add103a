import { documents } from "../../../src/data.mjs";

export const does = "JSON answers of 3 to 30 kB compressed with gzip on their way out, asked for by inject()";
export const operations = 1500;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export async function open(requireFrom) {
	const app = requireFrom("fastify")();
	await app.register(requireFrom("@fastify/compress"), { encodings: ["gzip"], threshold: 0 });
	const inputs = documents([15, 30, 60, 140]);
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
}
