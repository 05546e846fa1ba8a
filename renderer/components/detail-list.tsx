import type { ComponentChildren } from 'preact';

/** A fact and its name. */
export interface Detail {
	readonly name: string;
	readonly value: ComponentChildren;
}

/** Names and values, side by side where there is room. */
export function DetailList({ facts }: { readonly facts: readonly Detail[] }) {
	return (
		<dl class="facts">
			{facts.map(({ name, value }) => (
				<div key={name}>
					<dt>{name}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}
