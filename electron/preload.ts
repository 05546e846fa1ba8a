import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopBridge, OperatorEvent } from '../src/operator/contract.ts';
import { CHANNELS } from './ipc/channels.ts';

/*
 * Runs in the window before its page, in a world of its own: the page gets the bridge below and nothing else.
 */

const listeners = new Map<string, (event: OperatorEvent) => void>();

const bridge: DesktopBridge = {
	call: (operation, input) => ipcRenderer.invoke(CHANNELS.call, operation, input),
	follow: (listener) => {
		// An event that was meant for the page before this one must find nobody: no id comes twice.
		const id = crypto.randomUUID();
		listeners.set(id, listener);
		ipcRenderer.send(CHANNELS.follow, id);
		return () => {
			if (listeners.delete(id)) ipcRenderer.send(CHANNELS.unfollow, id);
		};
	},
};

ipcRenderer.on(CHANNELS.event, (_event, id: string, event: OperatorEvent) => listeners.get(id)?.(event));
ipcRenderer.send(CHANNELS.open);
contextBridge.exposeInMainWorld('operatorConsole', bridge);
