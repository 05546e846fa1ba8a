import { useWindowServices } from '../../window-context.ts';
import { Icon } from '../icon.tsx';

/**
 * The notices in the corner. Their place is always there, since a screen reader hears only what changes inside it; a modal
 * dialog has one of its own, since everything outside of it is silent.
 */
export function Notices() {
	const { notices } = useWindowServices().notifier;
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
