import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface CardProps {
	readonly title: string;
	readonly help?: ComponentChildren;
	/** At the end of the title's line. */
	readonly actions?: ComponentChildren;
	readonly children: ComponentChildren;
}

/** A part of a view: a region with a heading of the second level. */
export function Card({ title, help, actions, children }: CardProps) {
	const id = useId();
	return (
		<section class="card" aria-labelledby={id}>
			<div class="card-header">
				<div>
					<h2 id={id}>{title}</h2>
					{help && <p class="card-help">{help}</p>}
				</div>
				{actions && <div class="card-actions">{actions}</div>}
			</div>
			{children}
		</section>
	);
}
