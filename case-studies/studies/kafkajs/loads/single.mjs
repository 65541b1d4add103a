import { records } from "../../../src/data.mjs";

export const does =
	"the request that produces one record of some 200 bytes encoded, with the frame that is sent";
export const why = "most programs call producer.send() with one message, for each event as it happens";
export const operations = 20_000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const produce = requireFrom("kafkajs/src/protocol/requests/produce/v3/request.js");
	const createRequest = requireFrom("kafkajs/src/protocol/request.js");
	const requests = records(100).map((record) =>
		produce({
			acks: -1,
			timeout: 30_000,
			topicData: [
				{
					topic: "orders",
					partitions: [
						{
							partition: 0,
							firstSequence: 0,
							messages: [
								{
									key: String(record.id),
									value: JSON.stringify(record),
									headers: { trace: "4bf92f3577b34da6" },
									timestamp: "1700000000000",
								},
							],
						},
					],
				},
			],
		}),
	);
	return async (at) =>
		(await createRequest({ correlationId: at, clientId: "shop", request: requests[at % requests.length] }))
			.buffer;
}
