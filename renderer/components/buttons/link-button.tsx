import type { ComponentChildren } from 'preact';
import { hrefOf, type Route } from '../../router.ts';

/** A link to another view that looks like a button. */
export function LinkButton(props: {
	readonly to: Route;
	readonly isPrimary?: boolean;
	readonly children: ComponentChildren;
}) {
	return (
		<a class={`button button-${props.isPrimary ? 'primary' : 'secondary'}`} href={hrefOf(props.to)}>
			<span>{props.children}</span>
		</a>
	);
}
