import type { ContextBridge, IpcRenderer } from 'electron';

/** Names of global functions in the page: two that the page calls, and one that receives the messages for the page. */
export const PAGE_FUNCTIONS = {
	send: '__fakeElectronSend',
	invoke: '__fakeElectronInvoke',
	deliver: '__fakeElectronDeliver',
} as const;

/**
 * Returns a script to run before those of the page: the preload script with the modules that Electron provides to a sandboxed
 * one. It runs in the same context as the page. Of the isolation, it reproduces only that values crossing the bridge are
 * cloned and that the exposed object is frozen.
 *
 * @param preload text of a CommonJS module
 */
export function createPreloadScript(preload: string): string {
	// Electron runs a preload script only in the main frame, and not in the initial empty page.
	return `if (window === window.top && location.href !== 'about:blank') {
	const names = ${JSON.stringify(PAGE_FUNCTIONS)};
	const modules = { electron: (${makeElectron.toString()})(names) };
	const load = (name) => {
		if (!(name in modules)) throw new Error('module not found: ' + name);
		return modules[name];
	};
	(function (require) { ${preload}\n })(load);
}`;
}

type IpcListener = (event: object, ...args: unknown[]) => void;

/** Runs in the page, and so cannot use anything else from this module. */
function makeElectron({ send, invoke, deliver }: typeof PAGE_FUNCTIONS) {
	const page: Record<string, unknown> & object = globalThis as never;
	const listeners = new Map<string, IpcListener[]>();
	const pageFunction = (name: string) => page[name] as (channel: string, args: unknown[]) => Promise<unknown>;
	// Functions can be called across the bridge; other values are copied.
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
			invoke: ((channel, ...args) =>
				pageFunction(invoke)(channel, structuredClone(args))) satisfies IpcRenderer['invoke'],
			send: ((channel, ...args) =>
				void pageFunction(send)(channel, structuredClone(args))) satisfies IpcRenderer['send'],
			on(channel: string, listener: IpcListener) {
				listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
			},
		},
	};
}
