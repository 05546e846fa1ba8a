import type { DesktopBridge } from '../../src/operator/contract.ts';
import { createBrowserPorts } from './browser-ports.ts';
import type { Carrier } from './carrier.ts';
import { createDesktopCarrier } from './desktop-carrier.ts';
import { SocketCarrier } from './socket-carrier.ts';
import { windowClock } from './window-clock.ts';

declare global {
	interface Window {
		/** Set by the preload script of the desktop app. */
		readonly operatorConsole?: DesktopBridge;
	}
}

/** Returns the carrier of this window: the bridge of the desktop app, or a WebSocket to the service that served this page. */
export function chooseCarrier(): Carrier {
	const bridge = window.operatorConsole;
	return bridge === undefined
		? new SocketCarrier(createBrowserPorts(), removeTicketFromAddress())
		: createDesktopCarrier(bridge, windowClock);
}

/** Removes the ticket from the address bar and the history, and returns it. */
function removeTicketFromAddress(): string | undefined {
	const ticket = location.hash.slice(1);
	if (ticket === '' || ticket.startsWith('/')) return undefined;
	history.replaceState(null, '', location.pathname);
	return ticket;
}
