import type { LeakReport } from "ebbpool/resource";

/** A request and what becomes of it have the same id. */
export interface PoolEvents<T> {
	acquireRequest: (eventId: number) => void;
	acquireSuccess: (eventId: number, resource: T) => void;
	acquireFail: (eventId: number, error: Error) => void;
	release: (resource: T) => void;
	createRequest: (eventId: number) => void;
	createSuccess: (eventId: number, resource: T) => void;
	createFail: (eventId: number, error: Error) => void;
	destroyRequest: (eventId: number, resource: T) => void;
	destroySuccess: (eventId: number, resource: T) => void;
	destroyFail: (eventId: number, resource: T, error: Error) => void;
	startReaping: () => void;
	stopReaping: () => void;
	poolDestroyRequest: (eventId: number) => void;
	poolDestroySuccess: (eventId: number) => void;
	/** A resource is out for longer than `leaseTimeout`. tarn has none. */
	leak: (report: LeakReport<T>) => void;
}
