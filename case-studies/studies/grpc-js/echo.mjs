/** @typedef {(error: Error | null, answer: Buffer) => void} Answer */

/**
 * A server on loopback that echoes what it is sent, and a client of it.
 * @param {NodeJS.Require} requireFrom
 * @param {object} options of the client
 */
export async function openEcho(requireFrom, options) {
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
	const client = new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
	return {
		call: (/** @type {Buffer | undefined} */ message) =>
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
