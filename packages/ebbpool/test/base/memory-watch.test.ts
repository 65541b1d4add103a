import { describe, test } from "node:test";
import { assert } from "chai";
import { DIST } from "../resource/simulation/load-pool.ts";

interface Sources {
	read(path: string): string;
	heap(): { used_heap_size: number; heap_size_limit: number };
	elapsed(): number;
}
const { MemoryWatch } = (await import(new URL("base/host/memory-watch.js", DIST).href)) as {
	MemoryWatch: new (sources: Sources) => { isShort(): boolean };
};

const GROUP = "/sys/fs/cgroup/pod/app";
const HEALTHY: Readonly<Record<string, string>> = {
	"/proc/pressure/memory": "some avg10=0.00 avg60=0.00 avg300=0.00 total=5\nfull avg10=0.00\n",
	"/proc/self/cgroup": "0::/pod/app\n",
	[`${GROUP}/memory.max`]: "1000\n",
	[`${GROUP}/memory.current`]: "990\n",
	[`${GROUP}/memory.stat`]: "anon 300\ninactive_file 600\nactive_file 10\n",
	[`${GROUP}/memory.events`]: "low 0\nhigh 0\nmax 7\noom 0\noom_kill 0\n",
	"/sys/fs/cgroup/pod/memory.max": "max\n",
};

/** A watch over these files; time passes between two looks. */
function watch(files: Readonly<Record<string, string>>, used = 10) {
	const there: Record<string, string> = { ...HEALTHY, ...files };
	let time = 0;
	const memory = new MemoryWatch({
		read(path) {
			const text = there[path];
			if (text === undefined) throw new Error(`ENOENT ${path}`);
			return text;
		},
		heap: () => ({ used_heap_size: used, heap_size_limit: 100 }),
		elapsed: () => (time += 1000),
	});
	return { memory, there };
}

describe("memory is short", () => {
	test("not where there is enough of it, although cached files fill the control group", () => {
		assert.isFalse(watch({}).memory.isShort());
	});

	test("where the heap is near its limit", () => {
		assert.isTrue(watch({}, 60).memory.isShort());
	});

	test("where the control group is near its limit, or one around it", () => {
		assert.isTrue(watch({ [`${GROUP}/memory.stat`]: "inactive_file 100\n" }).memory.isShort());
		const around = {
			"/sys/fs/cgroup/pod/memory.max": "2000\n",
			"/sys/fs/cgroup/pod/memory.current": "1900\n",
		};
		assert.isTrue(watch(around).memory.isShort());
	});

	test("where the group met its limit since the last look, beside much that is in use", () => {
		const { memory, there } = watch({ [`${GROUP}/memory.stat`]: "inactive_file 400\n" });
		assert.isFalse(memory.isShort());
		there[`${GROUP}/memory.events`] = "high 0\nmax 9\noom 0\n";
		assert.isTrue(memory.isShort());
		assert.isFalse(memory.isShort());
	});

	test("where a group of the first version of control groups is near its limit, or met it", () => {
		const group = "/sys/fs/cgroup/memory/docker/a1";
		const first = {
			"/proc/self/cgroup": "9:cpu,cpuacct:/docker/a1\n4:memory:/docker/a1\n0::/\n",
			"/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
			"/sys/fs/cgroup/memory/memory.usage_in_bytes": "5000\n",
			[`${group}/memory.limit_in_bytes`]: "1000\n",
			[`${group}/memory.usage_in_bytes`]: "990\n",
			[`${group}/memory.stat`]: "cache 5\ninactive_file 5\ntotal_inactive_file 600\n",
			[`${group}/memory.failcnt`]: "7\n",
		};
		assert.isFalse(watch(first).memory.isShort());
		assert.isTrue(watch({ ...first, [`${group}/memory.usage_in_bytes`]: "1450\n" }).memory.isShort());
		const { memory, there } = watch({ ...first, [`${group}/memory.stat`]: "total_inactive_file 400\n" });
		assert.isFalse(memory.isShort());
		there[`${group}/memory.failcnt`] = "8\n";
		assert.isTrue(memory.isShort());
		assert.isFalse(memory.isShort());
	});

	test("where a container's own group is the root of what it sees", () => {
		const container = {
			"/proc/self/cgroup": "4:memory:/kubepods/burstable/pod7\n",
			"/sys/fs/cgroup/memory/memory.limit_in_bytes": "1000\n",
			"/sys/fs/cgroup/memory/memory.usage_in_bytes": "950\n",
		};
		assert.isTrue(watch(container).memory.isShort());
	});

	test("where the group grows so fast that it will be near its limit before the pools have let go", () => {
		const used = (bytes: number) => ({ [`${GROUP}/memory.current`]: `${600 + bytes}\n` });
		const { memory, there } = watch(used(200));
		const shortWith = (bytes: number) => {
			Object.assign(there, used(bytes));
			return memory.isShort();
		};
		assert.deepEqual([200, 300, 400, 650, 650, 650, 100, 700].map(shortWith), [
			false,
			false,
			false,
			// 250 more, twice.
			true,
			false,
			false,
			false,
			true,
		]);
	});

	test("where something waits for memory", () => {
		assert.isTrue(watch({ "/proc/pressure/memory": "some avg10=25.31 avg60=3.00\n" }).memory.isShort());
	});

	test("not where everything is refused", () => {
		const refused = () => {
			throw new Error("ERR_ACCESS_DENIED");
		};
		assert.isFalse(new MemoryWatch({ read: refused, heap: refused, elapsed: () => 1e9 }).isShort());
	});
});
