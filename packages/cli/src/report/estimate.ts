import { times } from "./units.ts";

/** How many times less is estimated at most: nobody knows what would be left to do. */
export const MOST_ESTIMATED = 5;

/** An estimate in words; the highest stands for all above it. */
export const estimateText = (estimate: number): string =>
	estimate >= MOST_ESTIMATED ? `${MOST_ESTIMATED}× or more` : times(estimate);
