import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { LogWindow } from '../carriers/log-store.ts';
import { type LogFilter, NO_FILTER } from './log-filter.ts';
import { continueSearch, countNewer, followLog, type LogSearch, startSearch } from './log-search.ts';

/** Why the view is held at an earlier state: not held, the operator scrolled up, or the pause button. */
export type LogHold = 'none' | 'scrolled' | 'paused';

/** The state of the log view: the live log, or the log at the moment when the operator held it, with the same filter. */
export class LogViewer {
	/** The search whose lines are shown. */
	readonly shown: ReadonlySignal<LogSearch>;
	readonly hold: ReadonlySignal<LogHold>;
	/** Number of matching lines that arrived since the log was held. */
	readonly newer: ReadonlySignal<number>;
	private readonly live = signal<LogSearch>(startSearch({ lines: [], dropped: 0 }, NO_FILTER));
	private readonly held = signal<LogSearch | undefined>(undefined);
	private readonly holding = signal<LogHold>('none');
	private readonly onNextFrame: (action: () => void) => void;
	private isSearching = false;

	/** @param onNextFrame `requestAnimationFrame`; one slice of the log is searched per frame */
	constructor(onNextFrame: (action: () => void) => void) {
		this.onNextFrame = onNextFrame;
		this.shown = computed(() => this.held.value ?? this.live.value);
		this.hold = this.holding;
		this.newer = computed(() => (this.held.value === undefined ? 0 : countNewer(this.live.value, this.held.value)));
	}

	/** Sets the current log. Reads no signal, so that an effect can call it. */
	update(log: LogWindow): void {
		this.live.value = followLog(this.live.peek(), log);
	}

	/** Restarts the search with a new filter, in the live and in the held log. */
	filter(filter: LogFilter): void {
		this.live.value = startSearch(this.live.value.log, filter);
		if (this.held.value !== undefined) this.held.value = startSearch(this.held.value.log, filter);
		this.continueInNextFrame();
	}

	/** Holds the shown lines until `release`. */
	pause(): void {
		this.keep('paused');
	}

	/** Holds the log when the operator scrolls away from the end, and releases it at the end unless it is paused. */
	scrolled(isAtEnd: boolean): void {
		if (!isAtEnd && this.holding.value === 'none') this.keep('scrolled');
		if (isAtEnd && this.holding.value === 'scrolled') this.release();
	}

	/** Shows the live log. */
	release(): void {
		this.holding.value = 'none';
		this.held.value = undefined;
	}

	private keep(reason: LogHold): void {
		this.holding.value = reason;
		this.held.value ??= this.live.value;
	}

	private continueInNextFrame(): void {
		if (this.isSearching) return;
		this.isSearching = true;
		this.onNextFrame(() => {
			this.isSearching = false;
			this.live.value = continueSearch(this.live.value);
			if (this.held.value !== undefined) this.held.value = continueSearch(this.held.value);
			if (this.live.value.untested + (this.held.value?.untested ?? 0) > 0) this.continueInNextFrame();
		});
	}
}
