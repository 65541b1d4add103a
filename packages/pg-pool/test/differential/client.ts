import { EventEmitter } from "node:events";

type Callback = (error?: Error | null, result?: unknown) => void;

/** The clients of one pool: what they do is decided by the history, and told to its log. */
export class Server {
	readonly clients: Client[] = [];
	/** How many of the next connections fail. */
	failures = 0;
	#underWay = 0;

	/** Answers in a later turn. */
	later(answer: () => void): void {
		this.#underWay++;
		setImmediate(() => {
			this.#underWay--;
			answer();
		});
	}

	/** Waits until nothing is left to happen. */
	async quiet(): Promise<void> {
		for (let quiet = 0; quiet < 4; quiet++) {
			await new Promise((resolve) => setImmediate(resolve));
			if (this.#underWay > 0) quiet = 0;
		}
	}
}

/** A client of `pg` as far as a pool can tell. */
export class Client extends EventEmitter {
	readonly id: number;
	readonly #server: Server;
	readonly connection = { stream: { destroy: () => {} } };
	_queryable = true;
	_ending = false;
	_connected = false;
	readonly queries: Callback[] = [];

	constructor({ server }: { server: Server }) {
		super();
		this.#server = server;
		this.id = server.clients.push(this);
	}

	connect(callback: Callback): void {
		const failure = this.#server.failures > 0 ? new Error(`refused ${this.id}`) : undefined;
		if (failure !== undefined) this.#server.failures--;
		this.#server.later(() => {
			this._connected = failure === undefined;
			callback(failure);
		});
	}

	end(callback: Callback = () => {}): void {
		this._ending = true;
		this.#server.later(() => {
			this.emit("end");
			callback();
		});
	}

	query(text: unknown, _values: unknown, callback: Callback): void {
		if (!this._queryable) {
			this.#server.later(() => callback(new Error("not queryable")));
			return;
		}
		this.queries.push(callback);
		this.#server.later(() => {
			if (this.queries.shift() !== callback) return;
			if (text === "fails") callback(new Error("fails"));
			else callback(null, { rows: [text] });
		});
	}

	/** Its connection is lost, as `pg` says it. */
	lose(): void {
		const error = new Error(`lost ${this.id}`);
		this._queryable = false;
		for (const callback of this.queries.splice(0)) this.#server.later(() => callback(error));
		this.emit("error", error);
	}

	ref(): void {}

	unref(): void {}
}
