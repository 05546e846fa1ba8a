import type { ZkFingerAnswer, ZkFingerCall } from './zkfinger-messages.ts';

/** What a process that Electron has started has in place of `process.send`. */
interface ParentPort {
	on(event: 'message', listener: (event: { data: ZkFingerCall }) => void): unknown;
	postMessage(answer: ZkFingerAnswer): void;
}

/** The owner of this process, seen by the worker. */
export interface WorkerOwner {
	answer(answer: ZkFingerAnswer): void;
}

/**
 * Listen to the owner of this process, whichever way it was started.
 *
 * @param listeners.onGone the owner has ended or let go; Electron ends the process by itself then
 */
export function listenToOwner(listeners: { onCall(call: ZkFingerCall): void; onGone(): void }): WorkerOwner {
	const port: unknown = Reflect.get(process, 'parentPort');
	if (isParentPort(port)) {
		port.on('message', ({ data }) => listeners.onCall(data));
		return { answer: (answer) => port.postMessage(answer) };
	}
	process.on('message', listeners.onCall);
	process.on('disconnect', listeners.onGone);
	return { answer: (answer) => void process.send?.(answer) };
}

function isParentPort(port: unknown): port is ParentPort {
	return typeof port === 'object' && port !== null && 'postMessage' in port;
}
