import { useWindowServices } from '../../window-context.ts';
import { Icon } from '../icon.tsx';

/**
 * The notices in the corner. The element is always present, because a screen reader announces only changes inside an existing
 * status region. A modal dialog has its own, because everything outside it is inert.
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
