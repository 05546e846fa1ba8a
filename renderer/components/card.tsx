import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface CardProps {
	readonly title: string;
	readonly help?: ComponentChildren;
	/** Shown at the end of the title line. */
	readonly actions?: ComponentChildren;
	readonly children: ComponentChildren;
}

/** A section of a view: a region with a second-level heading. */
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
