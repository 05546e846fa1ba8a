import type { Event } from 'electron';

/** An event of the main process whose default a listener may prevent. */
export class PreventableEvent implements Event {
	defaultPrevented = false;

	preventDefault(): void {
		this.defaultPrevented = true;
	}
}
