import { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";

const pool = new Pool(() => new ByteBuffer());

const first = pool.get();
first.writeString("dirty");
pool.put(first);

// A pool gives items back as they were put: nothing has cleaned this one.
const second = pool.get();
second.writeString("append");
console.log(second.toString());

// So clean up after yourself.
second.reset();
pool.put(second);

const third = pool.get();
third.writeString("reset!");
console.log(third.toString());
third.reset();
pool.put(third);

// Or have the pool do it: its `reset` hook cleans every item on its way in.
const clean = new Pool({ new: () => new ByteBuffer(), reset: (buffer) => buffer.reset() });
clean.use((buffer) => buffer.writeString("dirty"));
clean.use((buffer) => {
	buffer.writeString("clean");
	console.log(buffer.toString());
});
