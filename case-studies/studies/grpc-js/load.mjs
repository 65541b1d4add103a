export const does = "a unary call on loopback with a message of 64 KiB, echoed";
export const operations = 1500;

/** @type {import("../../src/study.d.ts").OpenLoad} */
export async function open(require) {
	const grpc = require("@grpc/grpc-js");
	const same = (bytes) => bytes;
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
	server.addService({ Echo: method }, { Echo: (call, done) => done(null, call.request) });
	const port = await new Promise((resolve, reject) => {
		server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
			error ? reject(error) : resolve(bound),
		);
	});
	const Client = grpc.makeGenericClientConstructor({ Echo: method }, "Echo", {});
	const client = new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
	const message = Buffer.alloc(64 * 1024, "flow");
	return {
		run: () =>
			new Promise((resolve, reject) => {
				client.Echo(message, (error, answer) => (error ? reject(error) : resolve(answer)));
			}),
		async close() {
			client.close();
			server.forceShutdown();
		},
	};
}
