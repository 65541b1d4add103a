import { photograph } from "./data.ts";
import { toGrey } from "./grey.ts";
import { loop } from "./loop.ts";
import { defineWorkload } from "./workload.ts";

const WIDTH = 1280;
const HEIGHT = 720;

export const frame = defineWorkload<Buffer>({
	name: "frame",
	summary: `a ${WIDTH}×${HEIGHT} photograph turned to grey`,
	pool: { new: () => Buffer.allocUnsafe(WIDTH * HEIGHT * 4) },
	open(items) {
		const { width, height, rgba } = photograph();
		if (width !== WIDTH || height !== HEIGHT) {
			throw new Error(`expected a photograph of ${WIDTH}×${HEIGHT}, got ${width}×${height}`);
		}
		return loop(1, (_, audit) => {
			const grey = items.get();
			const brightness = toGrey(rgba, grey);
			audit?.update(grey);
			items.put(grey);
			return brightness;
		});
	},
});
