import { records } from "../../../src/data.mjs";

export const does = "records of some 100 bytes encoded and decoded one by one";
export const operations = 300_000;

const SCHEMA = `
syntax = "proto3";
message Position { double latitude = 1; double longitude = 2; }
message Item {
	uint32 id = 1; string name = 2; string city = 3; double price = 4; uint32 quantity = 5;
	bool active = 6; repeated string tags = 7; Position position = 8;
}`;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const protobuf = requireFrom("protobufjs");
	const Item = protobuf.parse(SCHEMA).root.lookupType("Item");
	const inputs = records(100);
	return (at) => {
		const bytes = Item.encode(inputs[at % inputs.length]).finish();
		Item.decode(bytes);
		return bytes;
	};
}
