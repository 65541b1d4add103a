import { struct } from "ebbpool/shared";

/** The temporary struct that a worker needs for each of its tasks. */
export const layout = struct({
	id: "u32",
	/** Number of the worker that uses the struct, from 1. */
	worker: "u8",
	title: struct.utf8(40),
	samples: struct.array("f64", 32),
	sum: "f64",
});

export type Task = ReturnType<typeof layout.createFields>;
