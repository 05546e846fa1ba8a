import type { ComponentChildren } from 'preact';

/** The meaning of a badge. Each tone has its own shape, so that it is readable without colour. */
export type Tone = 'good' | 'active' | 'warning' | 'bad' | 'neutral';

const SHAPES: Readonly<Record<Tone, string>> = {
	good: 'M3 8.5l3.2 3.2L13 5',
	active: 'M8 3a5 5 0 1 1-5 5',
	warning: 'M8 3v6.5M8 12v.5',
	bad: 'M4 4l8 8M12 4l-8 8',
	neutral: 'M4 8h8',
};

/** A one-word state with the shape of its tone. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) {
	return (
		<span class={`badge badge-${tone}`}>
			<svg class="badge-shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
				<path d={SHAPES[tone]} />
			</svg>
			{children}
		</span>
	);
}
