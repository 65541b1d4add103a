import { EventEmitter } from "node:events";
import {
	type AcquireOptions,
	type CreateContext,
	PoolError,
	type ResourceLease,
	ResourcePool,
	type ResourcePoolStats,
} from "ebbpool/resource";
import { type Callback, callBack, cut, isUsable, type PooledClient, promised } from "./client.ts";
import { connected } from "./connected.ts";
import { deferred, withStackOfHere } from "./deferred.ts";
import { HandleLoan } from "./handle-loan.ts";
import { type Lent, Loan, type Release } from "./loan.ts";
import { duration, type Options, ownOptions, resourceOptions } from "./settings.ts";

type ClientClass<C> = new (options: Options) => C;
type ConnectCallback<C> = (error: unknown, client: Lent<C> | undefined, release: Release) => void;

/** A client that is open. */
interface Member<C extends PooledClient> {
	readonly since: number;
	readonly retire: () => void;
	/** The newest loan, or the one to come, if there was none yet: its client is what the events show. */
	loan: Loan<C>;
	/** Whether it is being closed: what it says then is of no interest. */
	leaving: boolean;
}

/** More than the pause after a failed connection, in milliseconds. */
const GRACE = 1_000;

const noop = () => {};

/** Where nobody is left who could catch it. */
function throwLater(error: unknown): void {
	process.nextTick(() => {
		throw error;
	});
}

/**
 * `pg-pool`'s `Pool` on a {@link ResourcePool}. Users wrap pools in proxies and patch their methods: so it has no private
 * members, and its own methods call each other as users do.
 */
export class Pool<C extends PooledClient> extends EventEmitter implements AsyncDisposable {
	options: Options;
	log: (...messages: unknown[]) => void;
	Client: ClientClass<C>;
	Promise: PromiseConstructor;
	ending = false;
	ended = false;
	/** The pool behind it. */
	readonly resources: ResourcePool<C>;
	/** @internal */
	readonly _members = new Map<C, Member<C>>();
	/** @internal */
	readonly _connecting = new Set<C>();

	constructor(given?: Options | null, clientClass?: ClientClass<C>) {
		super();
		const options = ownOptions(given);
		this.options = options;
		this.log = options["log"] || noop;
		this.Client =
			options["Client"] || clientClass || options["client"] || (requirePg().Client as ClientClass<C>);
		this.Promise = options["Promise"] || globalThis.Promise;
		this.resources = new ResourcePool<C>({
			...resourceOptions<C>(options),
			create: (context) => this._open(context),
			destroy: (client) => {
				const member = this._members.get(client);
				if (member !== undefined) member.leaving = true;
				return promised(client, (callback) => client.end(callback));
			},
		});
		this.resources.on("open", (client) => {
			this.log("new client connected");
			// Nobody may want it any more.
			if (this.options["allowExitOnIdle"]) client.unref?.();
			this.emit("connect", this._shown(client));
		});
		this.resources.on("close", (client, reason) => {
			if (reason === "idle") this.log("remove idle client");
			if (reason === "lifetime") this.log("ending client due to expired lifetime");
			// Also when the server did not answer `end` in time.
			cut(client);
			const shown = this._shown(client);
			this._members.delete(client);
			this.emit("remove", shown);
		});
		this.resources.on("leak", (report) => {
			if (!this.emit("leak", report)) console.warn(report.acquired);
		});
	}

	/** @internal What users see of a client. */
	_shown(client: C): C {
		return this._members.get(client)?.loan.client ?? client;
	}

	/** @internal */
	async _open({ signal, retire }: CreateContext): Promise<C> {
		const { client: make } = this.options;
		const client: C = make === undefined ? new this.Client(this.options) : make();
		this.log("checking client timeout");
		this.log("connecting new client");
		this._connecting.add(client);
		try {
			const loan = this._newLoan(client);
			const member = { since: performance.now(), retire, loan, leaving: false };
			await connected(client, this.options, signal, this.log, () => {
				client.on("error", (error) => this._broke(client, member, error));
			});
			try {
				await this.options["onConnect"]?.(loan.client);
				if (this.options["verify"]) {
					await promised(client, (callback) => void this.options["verify"](loan.client, callback));
				}
			} catch (error) {
				member.leaving = true;
				client.end(noop);
				throw error;
			}
			// An orderly shutdown of the server ends a connection without an error.
			client.on("end", () => retire());
			this._members.set(client, member);
			return client;
		} catch (error) {
			this.log("client failed to connect", error);
			throw error;
		} finally {
			this._connecting.delete(client);
		}
	}

	/** @internal */
	_newLoan(client: C): Loan<C> {
		// A client that does not say whether it is broken is lent once by `pg-pool`: nobody can know it again there.
		const LoanClass = this.options["handles"] || !("_queryable" in client) ? HandleLoan : Loan;
		return new LoanClass(client, (loan, broken) => this._giveBack(client, loan, broken));
	}

	/** @internal The client's connection is lost. */
	_broke(client: C, member: Member<C>, error: Error & { client?: C }): void {
		const { loan, leaving, retire } = member;
		if (leaving || this._members.get(client) !== member) {
			this.log("additional client error after disconnection due to error", error);
			return;
		}
		retire();
		// Its user is told by the queries that fail.
		if (loan.lease !== undefined) return;
		member.leaving = true;
		error.client = loan.client;
		if (this.listenerCount("error") > 0) this.emit("error", error, loan.client);
		else process.emitWarning(error);
	}

	connect(argument?: ConnectCallback<C> | AcquireOptions): unknown {
		const callback = typeof argument === "function" ? argument : undefined;
		const options = typeof argument === "function" ? undefined : argument;
		if (this.ending) {
			const error = new Error("Cannot use a pool after calling end on the pool");
			return callback ? callback(error, undefined, noop) : this.Promise.reject(error);
		}
		const borrowed = this._borrow(options, callback === undefined);
		if (callback === undefined) {
			if (this.Promise === globalThis.Promise) return borrowed;
			return new this.Promise((resolve, reject) => void borrowed.then(resolve, reject));
		}
		borrowed
			.then(
				(client) => callback(undefined, client, client.release),
				(error) => callback(error, undefined, noop),
			)
			.catch(throwLater);
		return undefined;
	}

	/** @internal @param isAwaited - whether somebody waits for the promise itself, to whom an error's stack is to lead */
	async _borrow(options: AcquireOptions | undefined, isAwaited: boolean): Promise<Lent<C>> {
		const room = this._members.size + this._connecting.size < this.options["max"];
		try {
			for (;;) {
				const lease = await this.resources.acquire(room ? this._whileConnecting(options) : options);
				if (isUsable(lease.item)) return this._lend(lease);
				void lease.discard();
			}
		} catch (error) {
			const reason = told(error, room);
			throw isAwaited ? withStackOfHere(reason) : reason;
		}
	}

	/**
	 * @internal Where a client is connected for a caller, that fails when it is too late, and tells the caller; it would
	 * tell the next one if this one had left at the same moment.
	 */
	_whileConnecting(options: AcquireOptions | undefined): AcquireOptions | undefined {
		if (options?.timeout !== undefined) return options;
		const limit = duration(this.options, "connectionTimeoutMillis");
		return limit === Number.POSITIVE_INFINITY ? options : { ...options, timeout: limit + GRACE };
	}

	/** @internal */
	_lend(lease: ResourceLease<C>): Lent<C> {
		const client = lease.item;
		const member = this._members.get(client) as Member<C>;
		if (member.loan.ended) member.loan = this._newLoan(client);
		const { loan } = member;
		loan.begin(lease);
		client.ref?.();
		try {
			this.emit("acquire", loan.client);
		} catch (error) {
			throwLater(error);
		}
		return loan.client;
	}

	/** @internal */
	_giveBack(client: C, loan: Loan<C>, broken: Error | boolean | undefined): void {
		const { lease } = loan;
		if (lease === undefined) {
			throw new Error("Release called on client which has already been released to the pool.");
		}
		loan.lease = undefined;
		loan.ended = true;
		client._poolUseCount = (client._poolUseCount || 0) + 1;
		try {
			this.emit("release", broken, loan.client);
		} finally {
			const isExpended = client._poolUseCount >= this.options["maxUses"];
			const isExpired = this._isExpired(this._members.get(client) as Member<C>);
			if (broken || this.ending || isExpired || !isUsable(client)) void lease.discard();
			else {
				if (this.options["allowExitOnIdle"]) client.unref?.();
				void lease.release();
			}
			// Last, as it may throw.
			if (isExpended) this.log("remove expended client");
			else if (isExpired) this.log("remove expired client");
		}
	}

	query(text: unknown, values?: unknown, callback?: Callback): Promise<unknown> | undefined {
		if (typeof text === "function") {
			const { callback: tell, result } = deferred(this.Promise, text as Callback);
			const message = "Passing a function as the first parameter to pool.query is not supported";
			setImmediate(() => tell(new Error(message)));
			return result;
		}
		const given = typeof values === "function" ? undefined : values;
		const { callback: tell, result } = deferred(
			this.Promise,
			typeof values === "function" ? (values as Callback) : callback,
		);
		// The client's own `release`: whoever wraps `connect` may pass on no third argument.
		this.connect((error, client) => {
			if (client === undefined) tell(error);
			else this._dispatch(client, text, given, tell);
		});
		return result;
	}

	/** @internal Runs one query, and gives its client back; one that failed is closed: it may be busy, or in a lost transaction. */
	_dispatch(client: Lent<C>, text: unknown, values: unknown, tell: Callback): void {
		let done = false;
		const finish: Callback = (error, result) => {
			if (done) return;
			done = true;
			client.removeListener?.("error", finish);
			try {
				client.release(error);
			} finally {
				if (error) tell(error);
				else tell(undefined, result);
			}
		};
		client.once?.("error", finish);
		const answered: Callback = (error, result) => {
			try {
				this.log("query dispatched");
			} finally {
				finish(error, result);
			}
		};
		try {
			this.log("dispatching query");
			callBack(client, (callback) => client.query(text, values, callback), answered);
		} catch (error) {
			finish(error);
		}
	}

	end(callback?: Callback): Promise<void> | undefined {
		this.log("ending");
		if (this.ending) {
			const error = new Error("Called end on pool more than once");
			return callback ? (callback(error) as undefined) : this.Promise.reject(error);
		}
		this.ending = true;
		const { callback: tell, result } = deferred<void>(this.Promise, callback);
		const over = (error?: unknown) => {
			this.ended = true;
			if (error === undefined) tell();
			else tell(error);
		};
		this.resources
			.drain()
			.then(() => over(), over)
			.catch(throwLater);
		return result;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (!this.ending) await this.end();
	}

	/** Everything that the pool behind it counts. */
	stats(): ResourcePoolStats {
		return this.resources.stats();
	}

	/** Those that are open or being connected, as some who watch a pool read it. */
	get _clients(): C[] {
		const open = [...this._members].filter(([, { leaving }]) => !leaving);
		return [...open.map(([client]) => client), ...this._connecting];
	}

	get waitingCount(): number {
		return Math.max(0, this.stats().waiting - this._connecting.size);
	}

	get idleCount(): number {
		return this.stats().idle;
	}

	get expiredCount(): number {
		let count = 0;
		for (const member of this._members.values()) if (!member.leaving && this._isExpired(member)) count++;
		return count;
	}

	/** @internal Whether its lifetime is over: the pool behind it may learn that a moment later. */
	_isExpired({ since }: Member<C>): boolean {
		const lifetime = 1_000 * this.options["maxLifetimeSeconds"];
		return lifetime > 0 && performance.now() - since >= lifetime;
	}

	get totalCount(): number {
		const { open, closing } = this.stats();
		return open - closing;
	}
}

/** What `pg-pool` would say. */
function told(error: unknown, room: boolean): unknown {
	if (!(error instanceof PoolError)) return error;
	if (error.code === "ERR_POOL_DRAINED") {
		return new Error("Cannot use a pool after calling end on the pool", { cause: error });
	}
	if (error.code !== "ERR_POOL_TIMEOUT") return error;
	const text = room
		? "Connection terminated due to connection timeout"
		: "timeout exceeded when trying to connect";
	return new Error(text, { cause: error });
}

/** Only where it is needed: `pg` itself names its client. */
function requirePg(): { readonly Client: unknown } {
	// biome-ignore lint/style/noCommonJs: at this moment, not before, and at once
	return require("pg");
}
