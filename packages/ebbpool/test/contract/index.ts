import { bytesGenerations } from "./bytes-generations.ts";
import { bytesAsInGo } from "./bytes-go.ts";
import { bytesNumbers } from "./bytes-numbers.ts";
import { bytesPool } from "./bytes-pool.ts";
import { bytesRetain } from "./bytes-retain.ts";
import { bytesStorage } from "./bytes-storage.ts";
import { bytesStreams } from "./bytes-streams.ts";
import { bytesText } from "./bytes-text.ts";
import { cleanup } from "./cleanup.ts";
import { clock } from "./clock.ts";
import { disposeHook } from "./dispose-hook.ts";
import { ending } from "./ending.ts";
import { errors } from "./errors.ts";
import { generations } from "./generations.ts";
import { hookFailures } from "./hook-failures.ts";
import type { Suite } from "./kit.ts";
import { leases } from "./leases.ts";
import { options } from "./options.ts";
import { orders } from "./orders.ts";
import { reentrancy } from "./reentrancy.ts";
import { reentrantDispose } from "./reentrant-dispose.ts";
import { resourceAcquire } from "./resource-acquire.ts";
import { resourceDrain } from "./resource-drain.ts";
import { resourceHooks } from "./resource-hooks.ts";
import { resourceLifetimes } from "./resource-lifetimes.ts";
import { resourcePg } from "./resource-pg.ts";
import { sharedPool } from "./shared-pool.ts";
import { structSuites } from "./shared-struct.ts";
import { smoke } from "./smoke.ts";
import { statistics } from "./statistics.ts";
import { use } from "./use.ts";

/** All of the pool's contract, for any runtime: run each case with a kit; it holds unless its `run` throws. */
export const suites: readonly Suite[] = [
	smoke,
	generations,
	cleanup,
	orders,
	disposeHook,
	statistics,
	hookFailures,
	reentrancy,
	reentrantDispose,
	leases,
	use,
	ending,
	options,
	errors,
	clock,
	bytesAsInGo,
	bytesStorage,
	bytesNumbers,
	bytesText,
	bytesStreams,
	bytesPool,
	bytesGenerations,
	bytesRetain,
	sharedPool,
	...structSuites,
	resourceAcquire,
	resourceHooks,
	resourceLifetimes,
	resourceDrain,
	resourcePg,
];
