import type { ResourcePoolStats } from "ebbpool/resource";

export interface Note {
	readonly id: number;
	readonly text: string;
}

/** Where the service keeps its notes: each call borrows a connection for as long as it takes. */
export interface Store {
	/** What it is, for people. */
	readonly title: string;
	add(text: string): Promise<Note>;
	get(id: number): Promise<Note | undefined>;
	/** All of them, in order; keeps its connection until the last was taken. */
	list(): AsyncIterable<Note>;
	stats(): ResourcePoolStats;
	close(): Promise<void>;
}
