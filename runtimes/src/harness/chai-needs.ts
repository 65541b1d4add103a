// chai tells its plug-ins of assertions by events; nobody listens here. QuickJS has none, and the library is not to see
// any there either.
export class EventTarget {
	dispatchEvent(): boolean {
		return true;
	}
}

export class Event {}
