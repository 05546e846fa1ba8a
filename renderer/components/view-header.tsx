import type { ComponentChildren } from 'preact';

export interface ViewHeaderProps {
	readonly title: string;
	/** The purpose of the view, in one line. */
	readonly lead: string;
	readonly actions?: ComponentChildren;
}

/** The top of a view. Its heading takes the focus when the operator opens the view. */
export function ViewHeader({ title, lead, actions }: ViewHeaderProps) {
	return (
		<header class="view-header">
			<div>
				<h1 tabIndex={-1}>{title}</h1>
				<p class="view-lead">{lead}</p>
			</div>
			{actions && <div class="view-actions">{actions}</div>}
		</header>
	);
}

/** Moves the focus to the heading of the view and scrolls to it. */
export function focusHeading(): void {
	document.querySelector<HTMLElement>('main h1')?.focus();
}

/** Moves the focus to the heading without scrolling, for use when the focused element was removed. */
export function restoreFocus(): void {
	document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
