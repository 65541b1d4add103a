import { test } from "node:test";
import { assert } from "chai";
import { DIST } from "./simulation/load-pool.ts";

type Place = number;

interface PlacesModule {
	readonly Place: Readonly<Record<string, Place>>;
	readonly MOVES: readonly (readonly Place[])[];
	readonly Places: new () => {
		readonly size: number;
		readonly idle: readonly { place: Place }[];
		count(place: Place): number;
		add(placed: { place: Place }): void;
		move(placed: { place: Place }, to: Place): void;
		lend(placed: { place: Place }): void;
		shelve(placed: { place: Place }): void;
	};
}

const { Place, MOVES, Places }: PlacesModule = await import(new URL("resource/places.js", DIST).href);

/** The moves that lead from the beginning to a place. */
function wayTo(place: Place, way: readonly Place[] = []): readonly Place[] | undefined {
	const last = way.at(-1) ?? Place["opening"];
	if (last === place) return way;
	for (const next of MOVES[last as number] as readonly Place[]) {
		if (way.includes(next)) continue;
		const found = wayTo(place, [...way, next]);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** One in a place, and those that it is among. */
function placedIn(from: Place) {
	const places = new Places();
	const placed = { place: Place["opening"] as Place };
	places.add(placed);
	for (const step of wayTo(from) ?? assert.fail(`there is no way to ${from}`)) places.move(placed, step);
	const counts = () => Object.values(Place).map((place) => places.count(place));
	return { places, placed, counts };
}

for (const [name, from] of Object.entries(Place)) {
	test(`from ${name} each move of the table is taken and counted, and every other one refused`, () => {
		for (const to of Object.values(Place)) {
			const { places, placed, counts } = placedIn(from);
			const before = counts();
			if (MOVES[from]?.includes(to)) {
				places.move(placed, to);
				assert.strictEqual(placed.place, to);
				assert.deepEqual(
					counts(),
					Object.values(Place).map((place) => (place === to ? 1 : 0)),
				);
				assert.strictEqual(places.size, to === Place["gone"] ? 0 : 1);
			} else {
				assert.throws(() => places.move(placed, to), `may not go from ${name}`);
				assert.strictEqual(placed.place, from);
				assert.deepEqual(counts(), before);
			}
		}
	});

	test(`from ${name} what is quick to lend and to shelve is refused where the table does not lead there`, () => {
		for (const [step, start, end] of [
			["lend", "idle", "inUse"],
			["shelve", "inUse", "idle"],
		] as const) {
			const { places, placed, counts } = placedIn(from);
			const before = counts();
			if (from === Place[start]) {
				places[step](placed);
				assert.strictEqual(placed.place, Place[end]);
				assert.strictEqual(places.count(placed.place), 1);
			} else {
				assert.throws(() => places[step](placed), `may not go from ${name}`);
				assert.strictEqual(placed.place, from);
				assert.deepEqual(counts(), before);
			}
		}
	});
}

for (const [which, at] of [
	["oldest", 0],
	["second", 1],
	["third", 2],
	["newest", 3],
] as const) {
	test(`when the ${which} idle one leaves, the others stay in the order in which they became idle`, () => {
		const places = new Places();
		const all = Array.from({ length: 4 }, () => ({ place: Place["opening"] as Place }));
		for (const placed of all) {
			places.add(placed);
			places.move(placed, Place["idle"] as Place);
		}
		places.lend(all[at] as (typeof all)[number]);
		assert.deepEqual(
			places.idle.map((placed) => all.indexOf(placed as (typeof all)[number])),
			[0, 1, 2, 3].filter((index) => index !== at),
		);
	});
}
