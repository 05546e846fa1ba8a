/*
 * Simulates the two entry points of cfgmgr32.dll that list devices; the devices never change. The first size it returns is
 * too small, as if a device had been plugged in between the two calls.
 */
#include <stdint.h>
#include <string.h>

#define CR_SUCCESS 0
#define CR_INVALID_FLAG 4
#define CR_BUFFER_SMALL 26
/* CM_GETIDLIST_FILTER_ENUMERATOR | CM_GETIDLIST_FILTER_PRESENT */
#define FLAGS 0x101

/* A list of strings, each terminated by NUL, and a final NUL. */
static const char IDS[] =
	"USB\\ROOT_HUB30\\4&1A2B&0&0\0"
	"USB\\VID_1B55&PID_0120\\5&2C1D&0&3\0"
	"USB\\VID_046D&PID_C31C\\5&2C1D&0&4\0"
	"USB\\VID_1B55&PID_0124&MI_00\\6&3D&0&0000\0";

static int calls;

static int is_usb(const uint16_t *filter) {
	return filter && filter[0] == 'U' && filter[1] == 'S' && filter[2] == 'B' && filter[3] == 0;
}

uint32_t CM_Get_Device_ID_List_SizeW(uint32_t *length, const uint16_t *filter, uint32_t flags) {
	if (!is_usb(filter) || flags != FLAGS) return CR_INVALID_FLAG;
	*length = calls++ == 0 ? 1 : sizeof IDS;
	return CR_SUCCESS;
}

uint32_t CM_Get_Device_ID_ListW(const uint16_t *filter, uint16_t *buffer, uint32_t length, uint32_t flags) {
	if (!is_usb(filter) || flags != FLAGS) return CR_INVALID_FLAG;
	if (length < sizeof IDS) return CR_BUFFER_SMALL;
	for (size_t i = 0; i < sizeof IDS; i++) buffer[i] = (unsigned char) IDS[i];
	return CR_SUCCESS;
}
