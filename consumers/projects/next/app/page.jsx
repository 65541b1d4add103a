import { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool } from "ebbpool/shared";
import { Client } from "./client/client.jsx";

const buffers = new Pool(() => new ByteBuffer(64));
const resources = new ResourcePool({ create: async () => "connection" });

export default async function Page() {
	const text = buffers.use((buffer) => {
		buffer.writeString("rendered with a buffer");
		return buffer.toString();
	});
	const item = await resources.use(async (each) => each);
	const shared = SharedPool.create({ slotSize: 16, slots: 4 });
	shared.put(shared.get());
	return (
		<p>
			{text} and a {item} <Client />
		</p>
	);
}
