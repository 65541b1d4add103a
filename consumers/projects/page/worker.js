import { SharedPool } from "ebbpool/shared";

self.onmessage = async ({ data: { handle, message } }) => {
	const pool = SharedPool.attach(handle);
	await pool.ready;
	const block = pool.adopt(message);
	block.bytes[0]++;
	self.postMessage(pool.give(block));
};
