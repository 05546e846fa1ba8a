import type { ContextBridge, IpcRenderer } from 'electron';

/** Names under which the page reaches the process of the app. */
export const BINDINGS = { send: '__electronStandInSend', invoke: '__electronStandInInvoke' } as const;

/** Name under which messages for the page arrive. */
export const DELIVER = '__electronStandInDeliver';

/**
 * A script that runs before those of the page: the preload script, with what Electron gives a sandboxed one. It runs in the
 * world of the page itself, so that of the isolation only the copying is there: what crosses the bridge is cloned, and what
 * is exposed is frozen.
 *
 * @param preload text of a CommonJS module
 */
export function pageScript(preload: string): string {
	// Electron runs a preload script in the main frame alone, and not in the empty page before the first.
	return `if (window === window.top && location.href !== 'about:blank') {
	const names = ${JSON.stringify({ ...BINDINGS, deliver: DELIVER })};
	const modules = { electron: (${makeElectron.toString()})(names) };
	const load = (name) => {
		if (!(name in modules)) throw new Error('module not found: ' + name);
		return modules[name];
	};
	(function (require) { ${preload}\n })(load);
}`;
}

interface Names {
	readonly send: string;
	readonly invoke: string;
	readonly deliver: string;
}

type Listener = (event: object, ...args: unknown[]) => void;

/** Runs in the page, and therefore names nothing of this module. */
function makeElectron({ send, invoke, deliver }: Names) {
	const page: Record<string, unknown> & object = globalThis as never;
	const listeners = new Map<string, Listener[]>();
	const reach = (name: string) => page[name] as (channel: string, args: unknown[]) => Promise<unknown>;
	// Functions work across the bridge, everything else arrives as a copy.
	const cross = (value: unknown): unknown => {
		if (typeof value === 'function') return (...args: unknown[]) => cross(value(...args.map(cross)));
		return value instanceof Promise ? value.then(cross) : structuredClone(value);
	};
	page[deliver] = (channel: string, args: unknown[]) => {
		for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
	};
	return {
		contextBridge: {
			exposeInMainWorld(key: string, api: object) {
				if (key in page) throw new Error('Cannot bind an API on top of an existing property on the window object');
				const entries = Object.entries(api).map(([name, value]) => [name, cross(value)]);
				Object.defineProperty(page, key, { value: Object.freeze(Object.fromEntries(entries)), enumerable: true });
			},
		} satisfies Pick<ContextBridge, 'exposeInMainWorld'>,
		ipcRenderer: {
			invoke: ((channel, ...args) => reach(invoke)(channel, structuredClone(args))) satisfies IpcRenderer['invoke'],
			send: ((channel, ...args) => void reach(send)(channel, structuredClone(args))) satisfies IpcRenderer['send'],
			on(channel: string, listener: Listener) {
				listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
			},
		},
	};
}
