const { EventEmitter } = require("node:events");

/** As far as a pool needs a client of `pg`. */
class Client extends EventEmitter {
	connect(callback) {
		setImmediate(callback);
	}

	end(callback) {
		setImmediate(callback);
	}
}

/** @param {boolean} holds @param {string} expected */
function expect(holds, expected) {
	if (!holds) throw new Error(`expected ${expected}`);
}

exports.work = async ({ PgPool, TarnPool, TimeoutError, createPool, GenericPool }) => {
	const pg = new PgPool({ Client, max: 1 });
	const client = await pg.connect();
	expect(client instanceof Client && pg.totalCount === 1, "a client of its own class");
	client.release();
	await pg.end();

	const tarn = new TarnPool({
		create: async () => ({}),
		destroy: () => {},
		min: 0,
		max: 1,
		acquireTimeoutMillis: 5,
	});
	const resource = await tarn.acquire().promise;
	const late = await tarn.acquire().promise.catch((error) => error);
	expect(late instanceof TimeoutError, "a TimeoutError");
	tarn.release(resource);
	await tarn.destroy();

	const generic = createPool({ create: async () => ({}), destroy: async () => {} }, { max: 1 });
	expect(generic instanceof GenericPool, "a Pool");
	expect((await generic.use(async () => 7)) === 7, "7");
	await generic.drain();
	await generic.clear();
	console.log("well");
};
