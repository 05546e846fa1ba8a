/** How every ISO/IEC 19794-2:2005 record begins, `FMR\0 20\0`, in base64. */
export const ISO_TEMPLATE = /^Rk1SACAyMAA[A-Za-z0-9+/]+=*$/;
