import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopBridge, OperatorEvent } from '../src/operator/contract.ts';
import { CHANNELS } from './ipc/channels.ts';

/*
 * Preload script of the window. It runs before the page in an isolated context; the page can use only the bridge below.
 */

const listeners = new Map<string, (event: OperatorEvent) => void>();

const bridge: DesktopBridge = {
	check: () => ipcRenderer.invoke(CHANNELS.check),
	call: (operation, input) => ipcRenderer.invoke(CHANNELS.call, operation, input),
	follow: (listener) => {
		// Ids are unique, so that an event meant for the previous page does not reach a listener of this one.
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
