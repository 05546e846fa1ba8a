import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { LogWindow } from '../carriers/log-store.ts';
import { type LogFilter, NO_FILTER } from './log-filter.ts';
import { continueSearch, countNewer, followLog, type LogSearch, startSearch } from './log-search.ts';

/** Why the operator sees the log as it was: not at all, for having scrolled up, or by the button. */
export type LogHold = 'none' | 'scrolled' | 'paused';

/** What the log view shows: the log as it grows, or as it was when the operator held it, both through one filter. */
export class LogViewer {
	/** The search that is shown. */
	readonly shown: ReadonlySignal<LogSearch>;
	readonly hold: ReadonlySignal<LogHold>;
	/** How many lines that match have come since the log was held. */
	readonly newer: ReadonlySignal<number>;
	private readonly live = signal<LogSearch>(startSearch({ lines: [], dropped: 0 }, NO_FILTER));
	private readonly held = signal<LogSearch | undefined>(undefined);
	private readonly holding = signal<LogHold>('none');
	private readonly onNextFrame: (action: () => void) => void;
	private isSearching = false;

	/** @param onNextFrame `requestAnimationFrame`: between two frames one slice of the log is searched */
	constructor(onNextFrame: (action: () => void) => void) {
		this.onNextFrame = onNextFrame;
		this.shown = computed(() => this.held.value ?? this.live.value);
		this.hold = this.holding;
		this.newer = computed(() => (this.held.value === undefined ? 0 : countNewer(this.live.value, this.held.value)));
	}

	/** The log as it is now; may be called in an effect, as it reads no signal. */
	update(log: LogWindow): void {
		this.live.value = followLog(this.live.peek(), log);
	}

	/** Search anew, what is held as well. */
	filter(filter: LogFilter): void {
		this.live.value = startSearch(this.live.value.log, filter);
		if (this.held.value !== undefined) this.held.value = startSearch(this.held.value.log, filter);
		this.continueInNextFrame();
	}

	/** Keep what is shown, until `release`. */
	pause(): void {
		this.keep('paused');
	}

	/** The operator scrolled: away from the end holds the log, back at the end lets it go on unless it is paused. */
	scrolled(isAtEnd: boolean): void {
		if (!isAtEnd && this.holding.value === 'none') this.keep('scrolled');
		if (isAtEnd && this.holding.value === 'scrolled') this.release();
	}

	/** Show the log as it is now. */
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
