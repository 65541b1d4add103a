import { afterInput, detached, now, startTimer } from "#host";
import type { Host } from "../base/host/host.ts";

/**
 * Time and chance: all that makes a run of a `ResourcePool` differ from the next one, so that a simulation can put its own
 * in place.
 */
export interface Environment extends Pick<Host, "now" | "startTimer" | "detached" | "afterInput"> {
	/** A number from 0 up to, but not including, 1. */
	random(): number;
}

export const hostEnvironment: Environment = { now, startTimer, detached, afterInput, random: Math.random };
