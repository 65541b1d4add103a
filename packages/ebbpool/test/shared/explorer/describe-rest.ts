import type { Domains } from "./domains.ts";
import type { ThreadState } from "./thread-table.ts";
import type { World } from "./world.ts";

/** A state in which no operation is under way, as what users and shared memory hold: whatever else differs is nobody's to see. */
export function describeRest(world: World, domains: Domains, states: readonly ThreadState[]): string {
	const threads = states.map(({ local }, mark) => {
		const { me, blocks, front, magazine } = local ?? { me: 0, blocks: [], magazine: [] };
		return [me, blocks.map(({ held, content }) => held && content), front, magazine, world.unheard(mark)];
	});
	const words = domains.words.map((domain) => (domain.isRead ? world.value(domain) : undefined));
	const { messages, crashes, rebirths } = world;
	return JSON.stringify([threads, words, messages, crashes, rebirths]);
}
