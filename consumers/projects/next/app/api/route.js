import { Pool } from "ebbpool";

const items = new Pool(() => ({ uses: 0 }));

export const dynamic = "force-static";

export function GET() {
	return items.use((item) => Response.json({ uses: ++item.uses }));
}
