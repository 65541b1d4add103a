import { fromEngine } from "../engine.ts";
import { NEVER } from "../rules.ts";
import type { Host, Timer } from "./host.ts";
import { type FakeTimer, faking, hasTimers, keepAlive, readFaked } from "./time.ts";

/** How often it is looked, in milliseconds, whether others were put in the place of the timers in force. */
const BEAT = 200;

interface Running extends Timer {
	readonly renew: () => void;
	/** Where it is among those that run. */
	at: number;
}

/** How far the time of the timers in force is beyond the moment for which the one that fires was set. */
let beyond = 0;

/**
 * Makes what starts one of the timers in force. While any runs, a real one looks whether they are still in force; it keeps no
 * process alive.
 *
 * A hack: Node's test runner lets its time jump to the end of a tick before it fires what has become due. So what is started
 * while a timer fires begins at that timer's own moment.
 */
export function followTimers(repeat: Host["repeat"]): Host["startTimer"] {
	const running: Running[] = [];
	let beat: Timer | undefined;

	function look(): void {
		// Test runners take all timers away when they are done.
		if (running.length === 0 || !hasTimers()) {
			beat?.cancel();
			beat = undefined;
			return;
		}
		beat?.keepAlive(false);
		for (const each of [...running]) if (!each.current && running[each.at] === each) each.renew();
	}

	/** Returns whether it ran until now. */
	function end(ended: Running): boolean {
		if (running[ended.at] !== ended) return false;
		const last = running.length - 1;
		const moved = running[last] as Running;
		running[ended.at] = moved;
		moved.at = ended.at;
		running.length = last;
		return true;
	}

	return (callback, ms, what, renew) => {
		const setTimeout = fromEngine(what, "setTimeout") as unknown as (
			fire: () => void,
			ms: number,
		) => FakeTimer | undefined;
		const clearTimeout = fromEngine(what, "clearTimeout") as (timer: unknown) => void;
		if (beat === undefined && hasTimers() && "setInterval" in globalThis && "clearInterval" in globalThis) {
			beat = repeat(look, BEAT);
			beat.keepAlive(false);
		}
		let timer: Running | undefined;
		const fire = () => {
			// A mock may call at once. To believe it would be to begin the next timer within, without an end.
			if (timer === undefined) return;
			end(timer);
			if (begun.runAt !== undefined && timer.current) beyond = faking.time - begun.runAt;
			try {
				callback();
			} finally {
				beyond = 0;
			}
		};
		// Mocks may return nothing.
		const begun: Partial<FakeTimer> = setTimeout(fire, ms - beyond) ?? {};
		if (begun.runAt === undefined) faking.time = NEVER;
		else readFaked();
		const { generation } = faking;
		const made: Running = {
			keepAlive: (alive) => keepAlive(begun, alive),
			cancel() {
				// Node's test runner would take another timer out: in the place of one that fires, or that it has forgotten.
				if (end(made) && (begun.runAt === undefined || made.current)) clearTimeout(begun);
			},
			get current() {
				if (globalThis.setTimeout !== (setTimeout as unknown)) return false;
				return begun.runAt === undefined || (readFaked() !== undefined && faking.generation === generation);
			},
			renew,
			at: running.length,
		};
		// Not a call: a timer that was started is known, wherever the stack ends.
		running[running.length] = made;
		timer = made;
		return made;
	};
}
