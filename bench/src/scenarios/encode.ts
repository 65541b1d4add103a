import { encodePacket } from "@ebbpool/example-mqtt/codec";
import { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";
import type { Loop } from "../measure/loop.ts";
import { jsonDocuments, jsonRecords, mqttPackets } from "../real-data.ts";
import { byteScenario } from "./byte-scenario.ts";

const buffers = () => new Pool({ new: () => new ByteBuffer(), reset: (buffer) => buffer.reset() });

/** Packets that a socket is given at once, in one write. */
const BATCH = 16;

function kibibytes(texts: readonly string[]): number {
	return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1024;
}

/** The texts, each encoded by itself, round and round. */
function textLoops(texts: readonly string[]) {
	return {
		ours: (): Loop => {
			const pool = buffers();
			let next = 0;
			return (rounds) => {
				let sum = 0;
				for (let round = 0; round < rounds; round++) {
					const buffer = pool.get();
					buffer.writeString(texts[next] as string);
					sum += buffer.bytes().length;
					pool.put(buffer);
					next = next + 1 < texts.length ? next + 1 : 0;
				}
				return sum;
			};
		},
		"Buffer.from": (): Loop => {
			let next = 0;
			return (rounds) => {
				let sum = 0;
				for (let round = 0; round < rounds; round++) {
					sum += Buffer.from(texts[next] as string).length;
					next = next + 1 < texts.length ? next + 1 : 0;
				}
				return sum;
			};
		},
	};
}

export const encodeDocuments = byteScenario({
	operation: "KiB of a JSON document of 0.2 or 0.3 MB encoded",
	operationsPerRound: kibibytes(jsonDocuments) / jsonDocuments.length,
	variants: textLoops(jsonDocuments),
});

export const encodeRecords = byteScenario({
	operation: "JSON record of 34 to 276 bytes encoded by itself",
	operationsPerRound: 1,
	variants: textLoops(jsonRecords),
});

const batches = Array.from({ length: Math.floor(mqttPackets.length / BATCH) }, (_, i) =>
	mqttPackets.slice(i * BATCH, (i + 1) * BATCH),
);

export const encodeMqtt = byteScenario({
	operation: `MQTT packet encoded, ${BATCH} for each write to a socket`,
	operationsPerRound: BATCH,
	variants: {
		ours() {
			const pool = buffers();
			let next = 0;
			return (rounds) => {
				let sum = 0;
				for (let round = 0; round < rounds; round++) {
					const buffer = pool.get();
					for (const packet of batches[next] ?? []) encodePacket(buffer, packet);
					sum += buffer.bytes().length;
					pool.put(buffer);
					next = next + 1 < batches.length ? next + 1 : 0;
				}
				return sum;
			};
		},
		async "mqtt-packet"() {
			const { default: mqttPacket } = await import("mqtt-packet");
			let next = 0;
			return (rounds) => {
				let sum = 0;
				for (let round = 0; round < rounds; round++) {
					for (const packet of batches[next] ?? []) sum += mqttPacket.generate(packet as never).length;
					next = next + 1 < batches.length ? next + 1 : 0;
				}
				return sum;
			};
		},
	},
});
