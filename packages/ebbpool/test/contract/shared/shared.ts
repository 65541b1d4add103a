import type { Suite } from "../support/kit.ts";
import { sharedAttaching } from "./attaching.ts";
import { sharedEnding } from "./ending.ts";
import { sharedLoans } from "./loans.ts";
import { sharedPool } from "./shared-pool.ts";
import { structSuites } from "./struct.ts";
import { sharedWaiting } from "./waiting.ts";

export const sharedSuites: readonly Suite[] = [
	sharedPool,
	sharedLoans,
	sharedWaiting,
	sharedAttaching,
	sharedEnding,
	...structSuites,
];
