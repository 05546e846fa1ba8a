import type { Event as ElectronEvent } from 'electron';

/** An event of the main process whose default action a listener can prevent. */
export class PreventableEvent implements ElectronEvent {
	defaultPrevented = false;

	preventDefault(): void {
		this.defaultPrevented = true;
	}
}
