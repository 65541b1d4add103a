import { ByteBuffer } from "ebbpool/bytes";

const buffer = new ByteBuffer();
console.log(buffer.length, buffer.capacity);

buffer.writeString("long message");
console.log(buffer.length, buffer.capacity);

// Emptied, not given up: the storage stays for the next use.
buffer.reset();
console.log(buffer.length, buffer.capacity);
