/** Data that is the same in every process: a seeded generator, and what the loads make of it. */

/** A generator of numbers in [0, 1), mulberry32.
 * @param {number} seed
 */
export function random(seed) {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const CITIES = ["Lagos", "Lima", "Oslo", "Osaka", "Porto", "Quito", "Riga", "Rome", "Tartu", "Tunis"];
const WORDS = "amber basin cedar delta ember fjord grove haven inlet jetty karst ledge mesa oasis".split(" ");

/** Records as an API would answer with.
 * @param {number} count
 * @param {number} [seed]
 */
export function records(count, seed = 1) {
	const next = random(seed);
	const pick = (/** @type {readonly string[]} */ from) => from[Math.floor(next() * from.length)];
	return Array.from({ length: count }, (_, id) => ({
		id,
		name: `${pick(WORDS)}-${pick(WORDS)}`,
		city: pick(CITIES),
		price: Math.round(next() * 100_000) / 100,
		quantity: Math.floor(next() * 1000),
		active: next() < 0.5,
		tags: [pick(WORDS), pick(WORDS), pick(WORDS)],
		position: { latitude: next() * 180 - 90, longitude: next() * 360 - 180 },
	}));
}

/** Documents of JSON text, each with so many records.
 * @param {readonly number[]} sizes
 */
export function documents(sizes) {
	return sizes.map((size, at) => JSON.stringify(records(size, at + 1)));
}

/** A hundred JSON messages of 0.1 to 2 kB, as clients and servers send each other. */
export function messages() {
	const sizes = [1, 2, 4, 9];
	return records(20).flatMap(({ id, name, city, price }) => [
		JSON.stringify({ type: "price changed", item: { id, name, city, price } }),
		...sizes.map((size) => JSON.stringify({ type: "page", items: records(size, id + 1) })),
	]);
}

/** An image of RGBA pixels: slopes with some noise, as photographs have.
 * @param {number} width
 * @param {number} height
 */
export function image(width, height) {
	const next = random(7);
	const data = Buffer.alloc(width * height * 4);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const at = (y * width + x) * 4;
			const noise = next() * 12;
			data[at] = (x * 255) / width + noise;
			data[at + 1] = (y * 255) / height + noise;
			data[at + 2] = ((x + y) * 255) / (width + height) + noise;
			data[at + 3] = 255;
		}
	}
	return { width, height, data };
}
