import type { MenuItem, MenuItemConstructorOptions } from 'electron';
import type { MenuItemState } from './control-contract.ts';

/** An entry of a menu. */
export class FakeMenuItem implements Pick<MenuItem, 'checked'> {
	readonly options: MenuItemConstructorOptions;
	readonly submenu: FakeMenu | undefined;
	checked: boolean;

	constructor(options: MenuItemConstructorOptions) {
		this.options = options;
		this.submenu = Array.isArray(options.submenu) ? FakeMenu.buildFromTemplate(options.submenu) : undefined;
		this.checked = options.checked ?? false;
	}

	/** Clicks the entry, which first toggles a check box. @throws Error if it is disabled, or has a role */
	press(): void {
		const { label, role, enabled = true, type, click } = this.options;
		if (!enabled) throw new Error(`${label} is disabled`);
		if (role !== undefined) throw new Error(`The fake Electron does not implement the role ${role}`);
		if (type === 'checkbox') this.checked = !this.checked;
		// The handlers of the app use no arguments, so none are passed.
		Reflect.apply(click ?? (() => {}), undefined, []);
	}

	get state(): MenuItemState {
		const { label = '', type, enabled = true } = this.options;
		const kind = type ?? (this.submenu === undefined ? 'normal' : 'submenu');
		return { label, type: kind, enabled, checked: this.checked, submenu: this.submenu?.state ?? [] };
	}
}

/** A menu created from a template. */
export class FakeMenu {
	static applicationMenu: FakeMenu | null = null;
	readonly items: readonly FakeMenuItem[];

	private constructor(items: readonly FakeMenuItem[]) {
		this.items = items;
	}

	static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): FakeMenu {
		return new FakeMenu(template.map((options) => new FakeMenuItem(options)));
	}

	static setApplicationMenu(menu: FakeMenu | null): void {
		FakeMenu.applicationMenu = menu;
	}

	/** Returns the entry with these labels, from the outermost menu inwards. @throws Error if it does not exist */
	find([label, ...rest]: readonly string[]): FakeMenuItem {
		const item = this.items.find(({ options }) => options.label === label);
		if (item === undefined) throw new Error(`No entry ${label} in ${JSON.stringify(this.state)}`);
		if (rest.length === 0) return item;
		if (item.submenu === undefined) throw new Error(`${label} has no submenu`);
		return item.submenu.find(rest);
	}

	get state(): MenuItemState[] {
		return this.items.map((item) => item.state);
	}
}
