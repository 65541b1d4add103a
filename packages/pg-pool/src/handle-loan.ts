import type { PooledClient } from "./client.ts";
import { type Lent, Loan } from "./loan.ts";

type Method = (...args: unknown[]) => unknown;

/** The client behind what users hold. */
const clients = new WeakMap<object, PooledClient>();
/** By function, what users see of it; and the other way round. */
const seen = new WeakMap<Method, Method>();
const functions = new WeakMap<Method, Method>();

/** Runs a client's method on the client itself: it may have private members, and keeps what it is called on. */
const onTheClient: ProxyHandler<Method> = {
	apply(method, self, args) {
		const client = clients.get(self);
		if (client === undefined) return Reflect.apply(method, self, args);
		const result: unknown = Reflect.apply(method, client, args);
		return result === client ? self : result;
	},
};

function shown(method: Method): Method {
	let proxy = seen.get(method);
	if (proxy === undefined) {
		proxy = new Proxy(method, onTheClient);
		seen.set(method, proxy);
		functions.set(proxy, method);
	}
	return proxy;
}

/**
 * A loan in which the user sees a handle: the client in all that can be read, written and called, but with a `release` of
 * this loan only. One that comes late, when the next user has the client already, ends nothing.
 */
export class HandleLoan<C extends PooledClient> extends Loan<C> implements ProxyHandler<C> {
	#release: unknown;

	protected override show(client: C): Lent<C> {
		const handle = new Proxy(client, this) as Lent<C>;
		clients.set(handle, client);
		return handle;
	}

	get(client: C, key: string | symbol): unknown {
		if (key === "release") return this.#release;
		const value: unknown = Reflect.get(client, key);
		return typeof value === "function" && key !== "constructor" ? shown(value as Method) : value;
	}

	set(client: C, key: string | symbol, value: unknown): boolean {
		if (key !== "release") return Reflect.set(client, key, functions.get(value as Method) ?? value);
		this.#release = value;
		return true;
	}

	has(client: C, key: string | symbol): boolean {
		return key === "release" || Reflect.has(client, key);
	}

	getOwnPropertyDescriptor(client: C, key: string | symbol): PropertyDescriptor | undefined {
		if (key !== "release") return Reflect.getOwnPropertyDescriptor(client, key);
		return { value: this.#release, configurable: true, enumerable: true, writable: true };
	}

	defineProperty(client: C, key: string | symbol, descriptor: PropertyDescriptor): boolean {
		if (key !== "release") return Reflect.defineProperty(client, key, descriptor);
		this.#release = descriptor.value;
		return true;
	}
}
