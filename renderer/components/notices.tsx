import { useWindow } from '../window-context.ts';
import { Icon } from './icon.tsx';

/** The notices in the corner; their place is always there, since a screen reader hears only what changes inside it. */
export function Notices() {
	const { notices } = useWindow().notifier;
	return (
		<div class="notices" role="status">
			{notices.value.map(({ id, text }) => (
				<p key={id} class="notice">
					<Icon name="check" />
					{text}
				</p>
			))}
		</div>
	);
}
