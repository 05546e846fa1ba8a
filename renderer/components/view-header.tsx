import type { ComponentChildren } from 'preact';

export interface ViewHeaderProps {
	readonly title: string;
	/** What this view is for, in one line. */
	readonly lead: string;
	readonly actions?: ComponentChildren;
}

/** The top of a view. Its heading takes the focus when the operator comes here. */
export function ViewHeader({ title, lead, actions }: ViewHeaderProps) {
	return (
		<header class="page-header">
			<div>
				<h1 tabIndex={-1}>{title}</h1>
				<p class="page-lead">{lead}</p>
			</div>
			{actions && <div class="page-actions">{actions}</div>}
		</header>
	);
}

/** Move the focus to the heading of the view, and the view to its top. */
export function focusHeading(): void {
	document.querySelector<HTMLElement>('main h1')?.focus();
}

/** Move the focus to the heading where it would otherwise be nowhere, since what had it is gone; the view stays where it is. */
export function restoreFocus(): void {
	document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
