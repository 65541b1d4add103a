// What a pool does, in three gets: the first finds it empty and `new` is called; the second takes what was put; the third
// finds it empty again. Run it with `npm start -w examples/reusable-string`.
import { Pool } from "ebbpool";

const pool = new Pool({ new: () => "New Object" });

console.log("Get:", pool.get());
pool.put("Reusable Object");
console.log("Get:", pool.get());
console.log("Get:", pool.get());
