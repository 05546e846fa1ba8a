import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef } from 'preact/hooks';

/** An element that scrolls, as it is now; lengths in CSS pixels. */
export interface Scrolling {
	/** For the element. */
	readonly ref: RefObject<HTMLDivElement | null>;
	readonly scrollTop: number;
	/** Without its frame; 0 until it was measured. */
	readonly height: number;
	readonly scrollTo: (top: number) => void;
	/** For its `onScroll`. @returns how far the operator went down; 0 where `scrollTo` did it */
	readonly measureStep: () => number;
}

/** Follows where an element is scrolled to and how high it is, and tells the operator's steps from our own. */
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
