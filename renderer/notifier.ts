import { type ReadonlySignal, signal } from '@preact/signals';
import type { WindowClock } from './carriers/window-clock.ts';

/** A short confirmation that something was done. */
export interface Notice {
	/** Unique; counts from 1. */
	readonly id: number;
	readonly text: string;
}

/** Long enough to read. A message that needs an answer is a banner, which stays. */
const NOTICE_DURATION_MS = 6_000;

/** The notices in the corner of the window. Each is removed automatically. */
export class Notifier {
	readonly notices: ReadonlySignal<readonly Notice[]>;
	private readonly shown = signal<readonly Notice[]>([]);
	private readonly clock: WindowClock;
	private lastId = 0;

	constructor(clock: WindowClock) {
		this.notices = this.shown;
		this.clock = clock;
	}

	notify(text: string): void {
		const notice = { id: ++this.lastId, text };
		this.shown.value = [...this.shown.value, notice];
		this.clock.after(NOTICE_DURATION_MS, () => {
			this.shown.value = this.shown.value.filter((other) => other !== notice);
		});
	}
}
