/** What a key may be called: printable characters, not all of them spaces. */
export const KEY_NAME = /^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u;

/** `KEY_NAME` in words, to follow "must have". */
export const KEY_NAME_ALLOWED = '1 to 100 printable characters';
