import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef } from 'preact/hooks';

/** The scroll state of an element; lengths in CSS pixels. */
export interface Scrolling {
	/** Reference to set on the element. */
	readonly ref: RefObject<HTMLDivElement | null>;
	readonly scrollTop: number;
	/** Height without the border; 0 before the first measurement. */
	readonly height: number;
	readonly scrollTo: (top: number) => void;
	/** Call in `onScroll`. @returns how far the operator scrolled down; 0 if `scrollTo` caused the event */
	readonly measureStep: () => number;
}

/** Tracks the scroll offset and height of an element, and distinguishes the operator's scrolling from `scrollTo`. */
export function useScrolling(): Scrolling {
	const ref = useRef<HTMLDivElement>(null);
	const scrollTop = useSignal(0);
	const height = useSignal(0);
	useEffect(() => {
		const { current } = ref;
		if (current === null) return undefined;
		const observer = new ResizeObserver(() => {
			height.value = current.clientHeight;
		});
		observer.observe(current);
		return () => observer.disconnect();
	}, [height]);
	const measureStep = useCallback(() => {
		const before = scrollTop.peek();
		scrollTop.value = ref.current?.scrollTop ?? 0;
		return scrollTop.peek() - before;
	}, [scrollTop]);
	const scrollTo = useCallback(
		(top: number) => {
			ref.current?.scrollTo({ top, behavior: 'instant' });
			measureStep();
		},
		[measureStep],
	);
	return { ref, scrollTop: scrollTop.value, height: height.value, scrollTo, measureStep };
}
