import type { Way } from "./model.ts";

/** What people read for a way. */
export const WAY_TITLES: Readonly<Record<Way, string>> = {
	fresh: "fresh",
	tuned: "tuned",
	byHand: "by hand",
	pooled: "pooled",
};
