/*
 * Simulates the vendor's libzkfp: exports the entry points for capturing, follows the rules of the "ZKFinger SDK C API v2.0"
 * manual, and behaves as a script defines. The entry points for templates (ZKFPM_DB...) are missing, because the service
 * does not use them.
 *
 * The environment variable ZKFINGER_SIMULATION_SCRIPT names the script, which every call reads again: one `key value` per
 * line.
 *
 *   readers N               number of readers; like the real library, it notices changes only at Init
 *   serial.I, product.I     texts of reader I, from 0; a missing one makes GetParameters fail with -4
 *   width, height, dpi      numbers; default 40, 30 and 500
 *   anti-fake S             the readers have anti-fake, and report S after a capture (31 = live)
 *   finger.I FILE           a finger is on reader I: FILE contains width * height bytes
 *   return.F N              the entry point F (without ZKFPM_) returns N and does nothing else; OpenDevice returns NULL
 *   sleep.F MS              the entry point F takes MS milliseconds longer
 *   crash.F 1               the entry point F kills its process
 *
 * Every call writes its name and its result as one line to the file that ZKFINGER_SIMULATION_LOG names; a call that starts
 * while another one runs writes "OVERLAP".
 */
#define _POSIX_C_SOURCE 200809L
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_READERS 8
#define MAX_TEMPLATE_SIZE 2048
#define VALUE_SIZE 512

enum {
	ALREADY_INITIALISED = 1,
	OK = 0,
	NO_DEVICE = -3,
	NOT_SUPPORTED = -4,
	INVALID_PARAMETER = -5,
	INVALID_HANDLE = -7,
	NO_IMAGE = -8,
	NOT_ENOUGH_MEMORY = -11,
	/* It is undocumented what the real library returns for an unplugged reader. */
	GENERAL_FAILURE = -17,
	NOT_INITIALISED = -24,
};

typedef struct {
	int index;
	int is_open;
	int anti_fake;
} Reader;

static int is_initialised;
/* Number of readers at Init. */
static int count_at_init;
/* A handle is the address of one of these. None is used twice, so that an old handle stays invalid. */
static Reader readers[4096];
static int opened;
static atomic_int running;

/* Reads one value of the script; returns whether it exists. */
static int look_up(const char *key, char *value) {
	const char *path = getenv("ZKFINGER_SIMULATION_SCRIPT");
	FILE *script = path ? fopen(path, "r") : NULL;
	if (!script) return 0;
	char line[VALUE_SIZE];
	int is_found = 0;
	size_t length = strlen(key);
	while (!is_found && fgets(line, sizeof line, script)) {
		line[strcspn(line, "\n")] = '\0';
		is_found = strncmp(line, key, length) == 0 && line[length] == ' ';
		if (is_found) strcpy(value, line + length + 1);
	}
	fclose(script);
	return is_found;
}

static int number(const char *key, int fallback) {
	char value[VALUE_SIZE];
	return look_up(key, value) ? atoi(value) : fallback;
}

static int look_up_indexed(const char *key, int index, char *value) {
	char name[64];
	snprintf(name, sizeof name, "%s.%d", key, index);
	return look_up(name, value);
}

static void write_log(const char *text, int result) {
	const char *path = getenv("ZKFINGER_SIMULATION_LOG");
	FILE *log = path ? fopen(path, "a") : NULL;
	if (!log) return;
	fprintf(log, "%s %d\n", text, result);
	fclose(log);
}

/* Begins a call: applies the script's settings for the entry point. Returns whether the script sets `result`. */
static int enter(const char *name, int *result) {
	char key[64];
	if (atomic_fetch_add(&running, 1) > 0) write_log("OVERLAP", 0);
	snprintf(key, sizeof key, "crash.%s", name);
	if (number(key, 0)) abort();
	snprintf(key, sizeof key, "sleep.%s", name);
	int ms = number(key, 0);
	struct timespec pause = { ms / 1000, (long) (ms % 1000) * 1000000L };
	if (ms > 0) nanosleep(&pause, NULL);
	char value[VALUE_SIZE];
	snprintf(key, sizeof key, "return.%s", name);
	int is_set = look_up(key, value);
	if (is_set) *result = atoi(value);
	return is_set;
}

static int leave(const char *name, int result) {
	write_log(name, result);
	atomic_fetch_sub(&running, 1);
	return result;
}

static Reader *find(void *handle) {
	Reader *reader = handle;
	if (reader < readers || reader >= readers + opened || !reader->is_open) return NULL;
	return reader;
}

static int init(void) {
	if (is_initialised) return ALREADY_INITIALISED;
	int count = number("readers", 0);
	if (count == 0) return NO_DEVICE;
	count_at_init = count < MAX_READERS ? count : MAX_READERS;
	is_initialised = 1;
	return OK;
}

static int terminate(void) {
	if (!is_initialised) return NOT_INITIALISED;
	for (int i = 0; i < opened; i++) readers[i].is_open = 0;
	is_initialised = 0;
	return OK;
}

static Reader *open_device(int index) {
	if (!is_initialised || index < 0 || index >= count_at_init || index >= number("readers", 0)) return NULL;
	if (opened == (int) (sizeof readers / sizeof *readers)) return NULL;
	Reader *reader = &readers[opened++];
	*reader = (Reader) { .index = index, .is_open = 1 };
	return reader;
}

static int close_device(void *handle) {
	Reader *reader = find(handle);
	if (!reader) return INVALID_HANDLE;
	reader->is_open = 0;
	return OK;
}

/* `size` is the capacity before and the length after the call; texts are not NUL-terminated. */
static int put(const void *value, unsigned int length, unsigned char *to, unsigned int *size) {
	if (*size < length) return NOT_ENOUGH_MEMORY;
	memcpy(to, value, length);
	*size = length;
	return OK;
}

static int put_number(int value, unsigned char *to, unsigned int *size) {
	unsigned char bytes[4];
	for (int i = 0; i < 4; i++) bytes[i] = (unsigned char) ((unsigned int) value >> (8 * i));
	return put(bytes, 4, to, size);
}

static int put_text(const char *key, int index, unsigned char *to, unsigned int *size) {
	char value[VALUE_SIZE];
	if (!look_up_indexed(key, index, value)) return NOT_SUPPORTED;
	return put(value, (unsigned int) strlen(value), to, size);
}

static int get_parameters(void *handle, int code, unsigned char *value, unsigned int *size) {
	Reader *reader = find(handle);
	if (!reader) return INVALID_HANDLE;
	if (!value || !size) return INVALID_PARAMETER;
	switch (code) {
		case 1: return put_number(number("width", 40), value, size);
		case 2: return put_number(number("height", 30), value, size);
		case 3: return put_number(number("dpi", 500), value, size);
		case 1102: return put_text("product", reader->index, value, size);
		case 1103: return put_text("serial", reader->index, value, size);
		case 2002: return put_number(reader->anti_fake, value, size);
		case 2004: return reader->anti_fake ? put_number(number("anti-fake", 0), value, size) : NOT_SUPPORTED;
		default: return NOT_SUPPORTED;
	}
}

static int set_parameters(void *handle, int code, const unsigned char *value, unsigned int size) {
	Reader *reader = find(handle);
	if (!reader) return INVALID_HANDLE;
	if (!value || size != 4) return INVALID_PARAMETER;
	if (code != 2002 || number("anti-fake", -1) < 0) return NOT_SUPPORTED;
	reader->anti_fake = value[0];
	return OK;
}

static int read_image(const char *path, unsigned char *image, size_t size) {
	FILE *file = fopen(path, "rb");
	if (!file) return NO_IMAGE;
	size_t length = fread(image, 1, size, file);
	fclose(file);
	return length == size ? OK : GENERAL_FAILURE;
}

static int acquire_image(void *handle, unsigned char *image, unsigned int capacity) {
	Reader *reader = find(handle);
	if (!reader) return INVALID_HANDLE;
	unsigned int size = (unsigned int) (number("width", 40) * number("height", 30));
	if (!image || capacity < size) return INVALID_PARAMETER;
	if (reader->index >= number("readers", 0)) return GENERAL_FAILURE;
	char path[VALUE_SIZE];
	if (!look_up_indexed("finger", reader->index, path)) return NO_IMAGE;
	return read_image(path, image, size);
}

static int acquire(void *handle, unsigned char *image, unsigned int capacity, unsigned char *tpl, unsigned int *size) {
	if (!tpl || !size || *size < MAX_TEMPLATE_SIZE) return INVALID_PARAMETER;
	int code = acquire_image(handle, image, capacity);
	return code == OK ? put("template", 8, tpl, size) : code;
}

#define CALL(name, work) \
	int result = OK; \
	if (!enter(name, &result)) result = (work); \
	return leave(name, result);

int ZKFPM_Init(void) {
	CALL("Init", init())
}

int ZKFPM_Terminate(void) {
	CALL("Terminate", terminate())
}

int ZKFPM_GetDeviceCount(void) {
	CALL("GetDeviceCount", is_initialised ? count_at_init : NOT_INITIALISED)
}

void *ZKFPM_OpenDevice(int index) {
	int result = OK;
	Reader *reader = enter("OpenDevice", &result) ? NULL : open_device(index);
	leave("OpenDevice", reader ? index : result);
	return reader;
}

int ZKFPM_CloseDevice(void *handle) {
	CALL("CloseDevice", close_device(handle))
}

int ZKFPM_GetParameters(void *handle, int code, unsigned char *value, unsigned int *size) {
	CALL("GetParameters", get_parameters(handle, code, value, size))
}

int ZKFPM_SetParameters(void *handle, int code, unsigned char *value, unsigned int size) {
	CALL("SetParameters", set_parameters(handle, code, value, size))
}

int ZKFPM_AcquireFingerprintImage(void *handle, unsigned char *image, unsigned int capacity) {
	CALL("AcquireFingerprintImage", acquire_image(handle, image, capacity))
}

int ZKFPM_AcquireFingerprint(void *handle, unsigned char *image, unsigned int capacity, unsigned char *tpl, unsigned int *size) {
	CALL("AcquireFingerprint", acquire(handle, image, capacity, tpl, size))
}
