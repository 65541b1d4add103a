import { records } from "../../../src/data.mjs";

export const does =
	"the request that produces 400 records of some 200 bytes encoded, as the producer does for each batch";
export const operations = 600;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const produce = requireFrom("kafkajs/src/protocol/requests/produce/v3/request.js");
	const messages = records(400).map((record) => ({
		key: String(record.id),
		value: JSON.stringify(record),
		headers: {},
		timestamp: "1700000000000",
	}));
	const request = produce({
		acks: -1,
		timeout: 30_000,
		topicData: [{ topic: "orders", partitions: [{ partition: 0, firstSequence: 0, messages }] }],
	});
	return async () => (await request.encode()).buffer;
}
