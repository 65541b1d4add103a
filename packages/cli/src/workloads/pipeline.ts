import { SharedPool } from "ebbpool/shared";
import { type Photograph, photograph } from "./data.ts";
import { AHEAD, PipelineSession, WORKERS } from "./pipeline-session.ts";
import { openTransport, recycled, shared, type Transport, type TransportChoice } from "./transport.ts";
import type { OpenOptions, Source, Workload } from "./workload.ts";

const WIDTH = 640;
const HEIGHT = 360;
const ROW_LENGTH = WIDTH * 4;
const BYTE_LENGTH = HEIGHT * ROW_LENGTH;
/** Frames of a camera that moves over the photograph. */
const FRAMES = 8;
/** Both threads compile the filter and the way of the messages. */
const WARM_UP_MS = 500;

/** The rows of each frame, as views into the photograph. */
function frameRows({ width, height, rgba }: Photograph): Uint8Array[][] {
	return Array.from({ length: FRAMES }, (_, frame) => {
		const left = Math.floor(((width - WIDTH) * frame) / (FRAMES - 1));
		const top = Math.floor(((height - HEIGHT) * frame) / (FRAMES - 1));
		return Array.from({ length: HEIGHT }, (_, row) => {
			const at = ((top + row) * width + left) * 4;
			return rgba.subarray(at, at + ROW_LENGTH);
		});
	});
}

function session(
	{ concurrency }: OpenOptions,
	makeTransport: (inFlight: number) => [Transport, TransportChoice],
): PipelineSession {
	const frames = frameRows(photograph());
	const ahead = concurrency === undefined ? AHEAD : Math.ceil(concurrency / WORKERS);
	const [transport, choice] = makeTransport(WORKERS * ahead);
	const load = (frame: number, target: Uint8Array) => {
		const rows = frames[frame] as Uint8Array[];
		for (let i = 0; i < rows.length; i++) target.set(rows[i] as Uint8Array, i * ROW_LENGTH);
	};
	return new PipelineSession({ inputs: FRAMES, ahead, load, transport, choice });
}

/** Frames in slots of a pool that all threads share. Each overwrites the one before it, so that nothing need be zeroed. */
function sharedSlots(options: OpenOptions): PipelineSession {
	return session(options, (inFlight) => {
		const pool = SharedPool.create({
			slotSize: BYTE_LENGTH,
			slots: inFlight,
			zero: false,
			name: "frames",
		});
		return [shared(pool), { kind: "shared", handle: pool.handle }];
	});
}

function messages(kind: "clone" | "transfer", options: OpenOptions): PipelineSession {
	const choice = { kind, byteLength: BYTE_LENGTH } as const;
	return session(options, () => [openTransport(choice), choice]);
}

/** What one does by hand: the buffers that come back are sent again. */
function recycledBuffers(options: OpenOptions): PipelineSession {
	const choice = { kind: "transfer", byteLength: BYTE_LENGTH } as const;
	return session(options, () => [recycled(BYTE_LENGTH), choice]);
}

function openPipeline(kind: "clone" | "transfer", source: Source, options: OpenOptions): PipelineSession {
	if (source === "fresh") return messages(kind, options);
	return source === "byHand" ? recycledBuffers(options) : sharedSlots(options);
}

const SOURCES = ["fresh", "byHand", "pooled"] as const;

export const pipeline: Workload = {
	name: "pipeline",
	summary: `${WIDTH}×${HEIGHT} frames to a worker and back: structured clone, shared slots`,
	warmUpMs: WARM_UP_MS,
	sources: SOURCES,
	open: async (source, options = {}) => openPipeline("clone", source, options),
};

export const pipelineTransfer: Workload = {
	name: "pipeline-transfer",
	summary: `${WIDTH}×${HEIGHT} frames to a worker and back: a new buffer transferred, shared slots`,
	warmUpMs: WARM_UP_MS,
	sources: SOURCES,
	open: async (source, options = {}) => openPipeline("transfer", source, options),
};
