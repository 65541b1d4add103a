import assert from "node:assert/strict";
import { test } from "node:test";
import { clockProblem } from "../src/clock-verdict.mjs";
import { chromiumTrace, jscLogGC, spiderMonkeyProfile, v8TraceGC } from "../src/judges.mjs";

test("V8's log: every kind of major collection counts, and only the busiest isolate", () => {
	const log = [
		"[7:0x10]      52 ms: Scavenge 4.4 (5.5) -> 4.0 (6.2) MB, pooled: 0.0 MB, 3.77 / 0.00 ms",
		"[7:0x10]      60 ms: Scavenge 4.4 (5.5) -> 4.0 (6.2) MB, pooled: 0.0 MB, 3.77 / 0.00 ms",
		"[7:0x10]     147 ms: Mark-Compact 8.9 (16.3) -> 6.4 (15.3) MB, 8.45 / 0.00 ms testing",
		"[7:0x10]     405 ms: Incremental Mark-Compact 32.1 (49.3) -> 13.9 (46.8) MB, 9.93 / 0.00 ms",
		"[7:0x20]     405 ms: Mark-Compact 32.1 (49.3) -> 13.9 (46.8) MB, 9.93 / 0.00 ms",
	].join("\n");
	assert.deepEqual(v8TraceGC(log), { majors: 2, minors: 2 });
});

test("JavaScriptCore's log: a collection counts once, where its kind is told", () => {
	const log = [
		"[GC<0x35>: START M 9104kb => EdenCollection, a=0kb hf=0.000 => 383kb, p=0.839568ms END]",
		"[GC<0x35>: START M 9658kb => FullCollection, a=0kb hf=0.000 p=1.2ms (max 6.4)...]",
		"[GC<0x35>: M a=0kb hf=0.000 => 2675kb, p=1.417801ms END]",
		"[GC<0x35>: Full sweep: 9670kb => 1254kb, 0.250618ms]",
	].join("\n");
	assert.deepEqual(jscLogGC(log), { majors: 1, minors: 1 });
});

test("SpiderMonkey's profile: the slices of one major collection are one", () => {
	const log = [
		"MinorGC:   22870 0x7f72   0.585699 OUT_OF_NURSERY        33.2%    504   1008",
		"MajorGC: PID     Runtime        Timestamp  Reason               States FSNR SizeKB",
		"MajorGC:   22870 0x7f72   0.274766 DOM_IPC              0 -> 0 F N       516      131",
		"MajorGC:   22870 0x7f72   8.134841 PAGE_HIDE            0 -> 1 F        6352     2838",
		"MajorGC:   22870 0x7f72   8.191251 INTER_SLICE_GC       1 -> 0 F        6780     2240",
		"MajorGC:   22870 0x7f72 TOTALS:       4 slices:            0      0",
	].join("\n");
	assert.deepEqual(spiderMonkeyProfile(log), { majors: 2, minors: 1 });
});

test("Chromium's trace: the marks' thread counts, between the marks", () => {
	const event = (/** @type {string} */ name, /** @type {number} */ tid, /** @type {number} */ ts) => ({
		name,
		pid: 1,
		tid,
		ts,
	});
	const traceEvents = [
		event("MajorGC", 5, 0),
		event("clock:begin", 5, 1),
		event("MinorGC", 5, 2),
		event("MajorGC", 5, 3),
		event("MajorGC", 6, 3),
		event("clock:end", 5, 4),
		event("MinorGC", 5, 5),
	];
	assert.deepEqual(chromiumTrace({ traceEvents }), { majors: 1, minors: 1 });
	assert.throws(() => chromiumTrace({ traceEvents: [event("MajorGC", 5, 0)] }), /lacks the run's marks/);
});

const good = { where: "here", ticks: 7, majors: 8, minors: 200, gets: 1000, hitRate: 0.999 };

test("a run is good with as many ticks as major collections, ±1", () => {
	assert.equal(clockProblem(good), undefined);
	assert.equal(clockProblem({ ...good, ticks: 9 }), undefined);
	for (const ticks of [0, 6, 10]) assert.match(String(clockProblem({ ...good, ticks })), /expected as many/);
});

test("a run with too few collections proves nothing, and a pool that loses items is seen", () => {
	assert.match(String(clockProblem({ ...good, ticks: 4, majors: 4 })), /too few/);
	assert.match(String(clockProblem({ ...good, minors: 199 })), /too few/);
	assert.match(String(clockProblem({ ...good, hitRate: 0.99 })), /hit rate/);
	assert.match(String(clockProblem({ ...good, hitRate: Number.NaN })), /hit rate/);
});
