import { ifPossible } from "../base/engine.ts";
import type { Ending } from "./response.ts";

/** An HTTP/2 session, as far as it is needed. */
export interface Session extends Ending {
	ping(callback: (error: Error | null) => void): unknown;
}

/** By session, who waits for the next ping. */
const waiting = ifPossible(() => new WeakMap<Session, (() => void)[]>());

/**
 * Calls back when all that was given to the session is sent. A stream that is destroyed is closed at once, but what was
 * handed to the operating system of it goes on being read from the same memory, until the client has taken all that comes
 * before. What is sent in order is received in order: so a ping that is answered says that it is over. One ping at a time.
 *
 * If it is never answered, the session's end tells, for which the caller listens.
 */
export function whenFlushed(session: Session, done: () => void): void {
	const known = waiting.get(session);
	if (known !== undefined) known.push(done);
	else ping(session, [done]);
}

function ping(session: Session, dones: readonly (() => void)[]): void {
	const next: (() => void)[] = [];
	waiting.set(session, next);
	try {
		session.ping((error) => {
			waiting.delete(session);
			if (error) return;
			for (const done of dones) done();
			if (next.length > 0) ping(session, next);
		});
	} catch {
		// It is being destroyed.
		waiting.delete(session);
	}
}
