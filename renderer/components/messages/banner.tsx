import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useText } from '../../window-context.ts';
import { IconButton } from '../buttons/icon-button.tsx';
import { Icon, type IconName } from '../icon.tsx';
import { restoreFocus } from '../view-header.tsx';

export interface BannerProps {
	readonly tone: 'info' | 'warning' | 'bad';
	/** What happened. */
	readonly title: string;
	/** What to do about it. */
	readonly children?: ComponentChildren;
	readonly actions?: ComponentChildren;
	readonly onDismiss?: () => void;
}

const ICONS: Readonly<Record<BannerProps['tone'], IconName>> = { info: 'about', warning: 'warning', bad: 'error' };

/**
 * A message above the content it is about. A screen reader announces a bad one at once. If a banner disappears while it has the
 * focus, the heading of the view takes the focus.
 */
export function Banner({ tone, title, children, actions, onDismiss }: BannerProps) {
	const { common } = useText();
	const banner = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		const element = banner.current;
		return () => {
			if (element?.contains(document.activeElement)) restoreFocus();
		};
	}, []);
	return (
		<div ref={banner} class={`banner banner-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
			<Icon name={ICONS[tone]} />
			<div class="banner-text">
				<p class="banner-title">{title}</p>
				{children && <div class="banner-body">{children}</div>}
			</div>
			{actions && <div class="banner-actions">{actions}</div>}
			{onDismiss && <IconButton icon="close" label={common.dismiss} onClick={onDismiss} />}
		</div>
	);
}
