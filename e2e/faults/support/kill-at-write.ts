import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/*
 * Kills this process at one of its changes to files. Loaded before the program (`--import`), because a library may keep a reference
 * to a function of `fs`. The process calls `killAt(n)`; the n-th change from then on is the last thing it begins. If the change writes
 * data, half of the data is written first.
 */

let remaining = Number.POSITIVE_INFINITY;

/** Kills this process at its n-th change to a file from now on. */
export function killAt(change: number): void {
	remaining = change;
}

const CHANGES = [
	'appendFile',
	'chmod',
	'chown',
	'close',
	'fsync',
	'link',
	'mkdir',
	'open',
	'rename',
	'rm',
	'unlink',
	'write',
	'writeFile',
];
/** Methods of an open file, which have other names in part. */
const HANDLE_CHANGES = ['appendFile', 'chmod', 'close', 'datasync', 'sync', 'truncate', 'write', 'writeFile'];
/** A system never splits a write of a few bytes, such as a process id. */
const MIN_SPLIT_BYTES = 16;
const realWrite = fs.writeSync;
const realOpen = fs.openSync;

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

function countChange(name: string, target: unknown, args: readonly unknown[]): void {
	if (--remaining > 0) return;
	if (/^(write|append)/.test(name)) writeHalf(target, args);
	process.kill(process.pid, 'SIGKILL');
}

/** @param target the open file of a method, or the path or descriptor that a function gets first */
function writeHalf(target: unknown, args: readonly unknown[]): void {
	const data = args.find((arg) => (typeof arg === 'string' && arg !== target) || ArrayBuffer.isView(arg));
	const bytes = typeof data === 'string' ? Buffer.from(data) : (data as Uint8Array | undefined);
	if (bytes === undefined || bytes.length < MIN_SPLIT_BYTES) return;
	const descriptor =
		typeof target === 'number'
			? target
			: typeof target === 'string'
				? realOpen(target, 'a')
				: (target as { fd: number }).fd;
	realWrite(descriptor, bytes.subarray(0, Math.floor(bytes.length / 2)));
}

function patch(object: object, name: string, isMethod: boolean): void {
	const original = Reflect.get(object, name) as AnyFunction | undefined;
	if (original === undefined) return;
	const patched: AnyFunction = function (...args) {
		countChange(name, isMethod ? this : args[0], args);
		return original.apply(this, args);
	};
	// `promisify` recognises functions of `fs` by a symbol.
	Object.defineProperties(patched, Object.getOwnPropertyDescriptors(original));
	Reflect.set(object, name, patched);
}

const handle = await promises.open(process.execPath, 'r');
for (const name of HANDLE_CHANGES) patch(Object.getPrototypeOf(handle), name, true);
await handle.close();
for (const name of CHANGES) {
	patch(promises, name, false);
	patch(fs, name, false);
	patch(fs, `${name}Sync`, false);
}
syncBuiltinESMExports();
