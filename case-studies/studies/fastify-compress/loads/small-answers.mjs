import { documents } from "../../../src/data.mjs";

export const does =
	"JSON answers of 1.1 to 2.5 kB compressed with gzip on their way out, asked for by inject()";
export const why =
	"most answers of an API are little longer than the 1,024 bytes from which the package compresses";
export const operations = 3000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export async function open(requireFrom) {
	const app = requireFrom("fastify")();
	await app.register(requireFrom("@fastify/compress"), { encodings: ["gzip"] });
	const inputs = documents([6, 8, 12]);
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
