export const PooledResourceState = {
	ALLOCATED: "ALLOCATED",
	IDLE: "IDLE",
	INVALID: "INVALID",
	RETURNING: "RETURNING",
	VALIDATION: "VALIDATION",
} as const;

/** What evictors are shown of a resource. */
export class PooledResource<T> {
	readonly creationTime: number = Date.now();
	lastReturnTime: number | null = null;
	lastBorrowTime: number | null = null;
	lastIdleTime: number | null = null;
	readonly obj: T;
	state: keyof typeof PooledResourceState = PooledResourceState.IDLE;

	constructor(resource: T) {
		this.obj = resource;
	}

	allocate(): void {
		this.lastBorrowTime = Date.now();
		this.state = PooledResourceState.ALLOCATED;
	}

	deallocate(): void {
		this.lastReturnTime = Date.now();
		this.state = PooledResourceState.IDLE;
	}

	invalidate(): void {
		this.state = PooledResourceState.INVALID;
	}

	test(): void {
		this.state = PooledResourceState.VALIDATION;
	}

	/** What `deallocate` and then `invalidate` or `idle` do, at one look at the clock. */
	giveBack(invalid: boolean): void {
		const now = Date.now();
		this.lastReturnTime = now;
		if (!invalid) this.lastIdleTime = now;
		this.state = invalid ? PooledResourceState.INVALID : PooledResourceState.IDLE;
	}

	idle(): void {
		this.lastIdleTime = Date.now();
		this.state = PooledResourceState.IDLE;
	}

	returning(): void {
		this.state = PooledResourceState.RETURNING;
	}
}
