import { Icon, type IconName } from '../icon.tsx';

export interface IconButtonProps {
	readonly icon: IconName;
	/** What it does, for screen readers and as a tooltip. */
	readonly label: string;
	/** For one that stays down. */
	readonly isPressed?: boolean;
	readonly onClick: () => void;
}

/** A button that is an icon alone, where a text would be noise. */
export function IconButton({ icon, label, isPressed, onClick }: IconButtonProps) {
	return (
		<button
			type="button"
			class="button icon-button"
			aria-label={label}
			title={label}
			aria-pressed={isPressed}
			onClick={onClick}
		>
			<Icon name={icon} />
		</button>
	);
}
