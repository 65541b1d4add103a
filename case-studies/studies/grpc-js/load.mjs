export const does = "a unary call on loopback with a message of 64 KiB, echoed";
export const operations = 1500;

/** @typedef {(error: Error | null, answer: Buffer) => void} Answer */

/** @type {import("../../src/study.d.ts").OpenLoad} */
export async function open(requireFrom) {
	const grpc = requireFrom("@grpc/grpc-js");
	const same = (/** @type {Buffer} */ bytes) => bytes;
	const method = {
		path: "/Echo/Echo",
		requestStream: false,
		responseStream: false,
		requestSerialize: same,
		requestDeserialize: same,
		responseSerialize: same,
		responseDeserialize: same,
	};
	const server = new grpc.Server();
	server.addService(
		{ Echo: method },
		{
			Echo: (/** @type {{ request: Buffer }} */ call, /** @type {Answer} */ done) => done(null, call.request),
		},
	);
	const port = await new Promise((resolve, reject) => {
		server.bindAsync(
			"127.0.0.1:0",
			grpc.ServerCredentials.createInsecure(),
			(/** @type {Error | null} */ error, /** @type {number} */ bound) =>
				error ? reject(error) : resolve(bound),
		);
	});
	const Client = grpc.makeGenericClientConstructor({ Echo: method }, "Echo", {});
	const client = new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
	const message = Buffer.alloc(64 * 1024, "flow");
	return {
		run: () =>
			new Promise((resolve, reject) => {
				client.Echo(message, (/** @type {Error | null} */ error, /** @type {Buffer} */ answer) =>
					error ? reject(error) : resolve(answer),
				);
			}),
		async close() {
			client.close();
			server.forceShutdown();
		},
	};
}
