import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../icon.tsx';

export interface ButtonProps {
	readonly children: ComponentChildren;
	/** `primary`: the main action; `danger`: removes something; `quiet`: without a frame. Default: `secondary`. */
	readonly variant?: 'primary' | 'secondary' | 'danger' | 'quiet';
	readonly icon?: IconName;
	/** Submits the surrounding form instead of calling `onClick`. */
	readonly isSubmit?: boolean;
	/** The action is in progress: the button keeps the focus, but does nothing. */
	readonly isBusy?: boolean;
	/** Accessible name, for a button whose text is ambiguous, such as "Revoke Front desk". */
	readonly label?: string;
	readonly onClick?: () => void;
}

/** A button with a text and an optional icon. */
export function Button({
	children,
	variant = 'secondary',
	icon,
	isSubmit,
	isBusy = false,
	label,
	onClick,
}: ButtonProps) {
	return (
		<button
			type={isSubmit ? 'submit' : 'button'}
			class={`button button-${variant}`}
			aria-disabled={isBusy}
			aria-label={label}
			onClick={(event) => {
				if (isBusy) event.preventDefault();
				else onClick?.();
			}}
		>
			{icon && <Icon name={icon} />}
			<span>{children}</span>
		</button>
	);
}
