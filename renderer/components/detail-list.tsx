import type { ComponentChildren } from 'preact';

/** A named value. */
export interface Detail {
	readonly name: string;
	readonly value: ComponentChildren;
}

/** Names and values, side by side if there is room. */
export function DetailList({ details }: { readonly details: readonly Detail[] }) {
	return (
		<dl class="detail-list">
			{details.map(({ name, value }) => (
				<div key={name}>
					<dt>{name}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}
