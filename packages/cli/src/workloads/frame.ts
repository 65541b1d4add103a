import { type Photograph, photograph } from "./data.ts";
import { defineWorkload } from "./define-workload.ts";
import { toGrey } from "./grey.ts";

const WIDTH = 1280;
const HEIGHT = 720;

export const frame = defineWorkload<Buffer, Photograph>({
	name: "frame",
	summary: `a ${WIDTH}×${HEIGHT} photograph turned to grey`,
	pool: { new: () => Buffer.allocUnsafe(WIDTH * HEIGHT * 4) },
	inputs() {
		const { width, height, rgba } = photograph();
		if (width === WIDTH && height === HEIGHT) return [{ width, height, rgba }];
		throw new Error(`expected a photograph of ${WIDTH}×${HEIGHT}, got ${width}×${height}`);
	},
	run(items, { rgba }, audit) {
		const grey = items.get();
		const brightness = toGrey(rgba, grey);
		audit?.update(grey);
		items.put(grey);
		return brightness;
	},
});
