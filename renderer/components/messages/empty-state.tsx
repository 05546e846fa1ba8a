import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../icon.tsx';

export interface EmptyStateProps {
	readonly icon: IconName;
	/** Why the list is empty. */
	readonly title: string;
	/** What to do next. */
	readonly children?: ComponentChildren;
	readonly action?: ComponentChildren;
}

/** Shown in place of an empty list, with the next step. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
	return (
		<div class="empty-state">
			<span class="empty-state-icon">
				<Icon name={icon} />
			</span>
			<p class="empty-state-title">{title}</p>
			{children && <p class="empty-state-help">{children}</p>}
			{action && <div class="empty-state-action">{action}</div>}
		</div>
	);
}
