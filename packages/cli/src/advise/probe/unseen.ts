type Event = string | symbol;
type Listener = (event: Event) => void;
type Method<T> = (this: unknown, ...args: [Event?, unknown?]) => T;

/** Of each event one, for as long as it is heard. */
const unseen = new Map<Event, Listener>();
const allListeners = process.listeners.bind(process) as (event: string) => readonly unknown[];
let isShadowed = false;

/**
 * Hears an event of the process in such a way that the program finds no listener but its own when it counts or removes
 * them: many, as all with `signal-exit` in them, end by a signal only if nobody else hears it.
 */
export function hearUnseen(event: Event, listener: Listener): void {
	if (!isShadowed) {
		isShadowed = true;
		shadowMethods();
		hearUnseen("removeListener", hearAgain);
	}
	unseen.set(event, listener);
	process.on(event as string, listener);
}

export function hearNoMore(event: Event): void {
	const listener = unseen.get(event);
	unseen.delete(event);
	if (listener !== undefined) process.removeListener(event as string, listener);
}

/** Node counts as the program does, and hears a signal no more once nobody seems to. */
function hearAgain(event: Event): void {
	const listener = unseen.get(event);
	if (listener === undefined || process.listenerCount(event as string) > 0) return;
	hearNoMore(event);
	hearUnseen(event, listener);
}

function shadowMethods(): void {
	for (const name of ["listeners", "rawListeners"] as const) {
		shadow<unknown[]>(name, (original) => (event, ...rest) => {
			const listener = event === undefined ? undefined : unseen.get(event);
			return original(event, ...rest).filter((one) => one !== listener || listener === undefined);
		});
	}
	shadow<number>("listenerCount", (original) => (event, listener) => {
		const own = event !== undefined && listener === undefined && unseen.has(event) ? 1 : 0;
		return original(event, listener) - own;
	});
	shadow<Event[]>("eventNames", (original) => () => {
		return original().filter((event) => process.listenerCount(event as string) > 0);
	});
	shadow<unknown>("removeAllListeners", (original) => (...events) => {
		const result = original(...events);
		for (const [event, listener] of unseen) {
			if (!allListeners(event as string).includes(listener)) process.on(event as string, listener);
		}
		return result;
	});
}

function shadow<T>(name: keyof NodeJS.Process, wrap: (original: Method<T>) => Method<T>): void {
	const value = wrap((process[name] as Method<T>).bind(process));
	Object.defineProperty(process, name, { value, writable: true, configurable: true });
}
