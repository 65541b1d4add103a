"use client";
import { Pool } from "ebbpool";
import { useEffect, useState } from "react";

const items = new Pool(() => ["from a pool"]);

export function Client() {
	const [text, setText] = useState("");
	useEffect(() => {
		const item = items.get();
		setText(item[0]);
		items.put(item);
	}, []);
	return <b>{text}</b>;
}
