import type { ZkFingerAnswer, ZkFingerCall } from './zkfinger-messages.ts';

/** Replaces `process.send` in a process that Electron has started. */
interface ParentPort {
	on(event: 'message', listener: (event: { data: ZkFingerCall }) => void): unknown;
	postMessage(answer: ZkFingerAnswer): void;
}

/** The parent of this process, as the worker sees it. */
export interface ParentProcess {
	send(answer: ZkFingerAnswer): void;
}

/**
 * Connects to the parent of this process, whether Node or Electron has started it.
 *
 * @param listeners.onDisconnect the parent has ended or has closed the connection; Electron ends the process itself
 */
export function connectToParent(listeners: { onCall(call: ZkFingerCall): void; onDisconnect(): void }): ParentProcess {
	const port: unknown = Reflect.get(process, 'parentPort');
	if (isParentPort(port)) {
		port.on('message', ({ data }) => listeners.onCall(data));
		return { send: (answer) => port.postMessage(answer) };
	}
	process.on('message', listeners.onCall);
	process.on('disconnect', listeners.onDisconnect);
	return { send: (answer) => void process.send?.(answer) };
}

function isParentPort(port: unknown): port is ParentPort {
	return typeof port === 'object' && port !== null && 'postMessage' in port;
}
