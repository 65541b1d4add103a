import type { Host, Timer } from "./host.ts";
import { hasTimers, startTimer } from "./time.ts";

/** How soon it is noticed, in milliseconds, that others were put in the place of the timers in force. */
const SOON = 100;
/** The same where nothing was started for a while, so that a program at rest is hardly ever woken. */
const AT_LAST = 800;

interface Running extends Timer {
	readonly renew: () => void;
	/** Where it is among those that run. */
	at: number;
}

/**
 * Makes what starts one of the timers in force. While any runs, a real one looks whether they are still in force; it keeps no
 * process alive.
 */
export function followTimers(repeat: Host["repeat"]): Host["startTimer"] {
	const running: Running[] = [];
	let beat: Timer | undefined;
	let pace = 0;

	function beatEvery(ms: number): void {
		beat?.cancel();
		beat = undefined;
		pace = 0;
		if (ms === 0 || !("clearInterval" in globalThis)) return;
		try {
			beat = repeat(look, ms);
			beat.keepAlive(false);
			pace = ms;
		} catch {
			// no intervals, or no stack: the next timer that is started tries again
		}
	}

	function look(): void {
		// Test runners take all timers away when they are done.
		const next = running.length === 0 || !hasTimers() ? 0 : Math.max(SOON, Math.min(2 * pace, AT_LAST));
		if (next !== pace || next === 0) beatEvery(next);
		if (next === 0) return;
		for (const each of [...running]) if (!each.current && running[each.at] === each) each.renew();
	}

	/** Returns whether it ran until now. */
	function end(ended: Running): boolean {
		const last = running.length - 1;
		if (running[ended.at] !== ended) return false;
		const moved = running[last] as Running;
		running[ended.at] = moved;
		moved.at = ended.at;
		running.length = last;
		return true;
	}

	return (callback, ms, what, renew) => {
		if (pace !== SOON && hasTimers()) beatEvery(SOON);
		const fire = () => {
			end(timer);
			callback();
		};
		const begun = startTimer(fire, ms, what);
		const timer: Running = {
			keepAlive: begun.keepAlive,
			cancel() {
				// Node's test runner would take another timer in the place of one that fires.
				if (end(timer)) begun.cancel();
			},
			get current() {
				return begun.current;
			},
			renew,
			at: running.length,
		};
		// Not a call: a timer that was started is known, wherever the stack ends.
		running[running.length] = timer;
		return timer;
	};
}
