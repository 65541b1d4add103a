import { errors } from "./base/errors.ts";
import { bytesAsInGo } from "./bytes/as-in-go.ts";
import { bytesBufferOnPool } from "./bytes/buffer-on-pool.ts";
import { bytesPool } from "./bytes/buffer-pool.ts";
import { bytesPoolLife } from "./bytes/buffer-pool-life.ts";
import { bytesCalibrated } from "./bytes/calibrated.ts";
import { bytesFailingSignals } from "./bytes/failing-signals.ts";
import { bytesGenerations } from "./bytes/generations.ts";
import { bytesLostStorage } from "./bytes/lost-storage.ts";
import { bytesNumbers } from "./bytes/numbers.ts";
import { bytesReadFrom } from "./bytes/read-from.ts";
import { bytesRetain } from "./bytes/retain.ts";
import { bytesStorage } from "./bytes/storage.ts";
import { bytesStreams } from "./bytes/streams.ts";
import { bytesText } from "./bytes/text.ts";
import { bytesUntrusted } from "./bytes/untrusted.ts";
import { bytesWriteTo } from "./bytes/write-to.ts";
import { cleanup } from "./gc/cleanup.ts";
import { clock } from "./gc/clock.ts";
import { disposeHook } from "./pool/dispose-hook.ts";
import { ending } from "./pool/ending.ts";
import { generations } from "./pool/generations.ts";
import { hookFailures } from "./pool/hook-failures.ts";
import { leases } from "./pool/leases.ts";
import { options } from "./pool/options.ts";
import { orders } from "./pool/orders.ts";
import { reentrancy } from "./pool/reentrancy.ts";
import { reentrantDispose } from "./pool/reentrant-dispose.ts";
import { smoke } from "./pool/smoke.ts";
import { statistics } from "./pool/statistics.ts";
import { use } from "./pool/use.ts";
import { resourceAcquire } from "./resource/acquire.ts";
import { resourceDrain } from "./resource/drain.ts";
import { resourceFaults } from "./resource/faults.ts";
import { resourceHooks } from "./resource/hooks.ts";
import { resourceInterface } from "./resource/interface.ts";
import { resourceLifetimes } from "./resource/lifetimes.ts";
import { resourceStalls } from "./resource/stalls.ts";
import { sharedSuites } from "./shared/shared.ts";
import type { Suite } from "./support/kit.ts";

/** The contract of each part, for any runtime: run each case with a kit; it holds unless its `run` throws. */
export const suitesOf = {
	base: [errors],
	gc: [cleanup, clock],
	pool: [
		smoke,
		generations,
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
	],
	bytes: [
		bytesAsInGo,
		bytesStorage,
		bytesNumbers,
		bytesText,
		bytesStreams,
		bytesReadFrom,
		bytesFailingSignals,
		bytesWriteTo,
		bytesPool,
		bytesPoolLife,
		bytesBufferOnPool,
		bytesGenerations,
		bytesRetain,
		bytesCalibrated,
		bytesLostStorage,
		bytesUntrusted,
	],
	shared: sharedSuites,
	resource: [
		resourceAcquire,
		resourceHooks,
		resourceFaults,
		resourceInterface,
		resourceLifetimes,
		resourceStalls,
		resourceDrain,
	],
} satisfies Record<string, readonly Suite[]>;

/** All of the contract. */
export const suites: readonly Suite[] = Object.values(suitesOf).flat();
