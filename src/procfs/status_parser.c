/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/status_parser.h"

#include <stdbool.h>
#include <string.h>

#include "base/number.h"
#include "model/target.h"
#include "procfs/lines.h"

enum unit {
	UNIT_ONE,
	UNIT_KIB, /* the line ends in " kB" */
};

static const struct field {
	const char *key;
	unsigned column; /* which of the numbers behind the key, from 0 */
	enum unit unit;
	size_t offset; /* of the uint64_t in struct proc_status */
} fields[] = {
	{"Tgid", 0, UNIT_ONE, offsetof(struct proc_status, thread_group)},
	{"PPid", 0, UNIT_ONE, offsetof(struct proc_status, parent)},
	{"Uid", 1, UNIT_ONE, offsetof(struct proc_status, uid)},
	{"Threads", 0, UNIT_ONE, offsetof(struct proc_status, threads)},
	{"Kthread", 0, UNIT_ONE, offsetof(struct proc_status, kernel_thread)},
	{"VmSize", 0, UNIT_KIB, offsetof(struct proc_status, size)},
	{"VmPeak", 0, UNIT_KIB, offsetof(struct proc_status, size_peak)},
	{"VmRSS", 0, UNIT_KIB, offsetof(struct proc_status, rss)},
	{"VmHWM", 0, UNIT_KIB, offsetof(struct proc_status, rss_peak)},
	{"RssAnon", 0, UNIT_KIB, offsetof(struct proc_status, rss_anonymous)},
	{"RssFile", 0, UNIT_KIB, offsetof(struct proc_status, rss_file)},
	{"RssShmem", 0, UNIT_KIB, offsetof(struct proc_status, rss_shared_memory)},
	{"VmSwap", 0, UNIT_KIB, offsetof(struct proc_status, swap)},
	{"VmPTE", 0, UNIT_KIB, offsetof(struct proc_status, page_tables)},
	{"voluntary_ctxt_switches", 0, UNIT_ONE, offsetof(struct proc_status, voluntary_switches)},
	{"nonvoluntary_ctxt_switches", 0, UNIT_ONE,
	 offsetof(struct proc_status, involuntary_switches)},
};

#define FIELD_COUNT (sizeof(fields) / sizeof(fields[0]))

static const struct field *find_field(const char *key, size_t length)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (strlen(fields[i].key) == length && memcmp(fields[i].key, key, length) == 0)
			return &fields[i];
	return NULL;
}

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

/*
 * The number in the field's column of the line behind the key; TARGET_UNKNOWN if it is not so, and
 * when the text ends in it: a recorded one may be cut there.
 */
static uint64_t parse_value(const struct field *field, const char *at, const char *end, bool ended)
{
	uint64_t number = TARGET_UNKNOWN;

	for (unsigned column = 0; column <= field->column; column++) {
		at = skip_blanks(at, end);
		if (number_scan(&at, end, 10, &number))
			return TARGET_UNKNOWN;
	}
	if (field->unit == UNIT_ONE)
		return at < end || ended ? number : TARGET_UNKNOWN;
	if (end - at != 3 || memcmp(at, " kB", 3) != 0 || number > UINT64_MAX / 1024)
		return TARGET_UNKNOWN;
	return number * 1024;
}

const char *status_find(const char *bytes, size_t length, const char *key, const char **ret_end)
{
	const char *end = bytes + length, *at = bytes, *line, *line_end;
	size_t key_length = strlen(key);

	while (lines_next(&at, end, &line, &line_end))
		if ((size_t)(line_end - line) > key_length && line[key_length] == ':' &&
		    memcmp(line, key, key_length) == 0) {
			*ret_end = line_end;
			return skip_blanks(line + key_length + 1, line_end);
		}
	return NULL;
}

size_t status_parse_namespaces(const char *bytes, size_t length,
			       int32_t out[static STATUS_NAMESPACES_MAX])
{
	const char *end, *at = status_find(bytes, length, "NSpid", &end);
	uint64_t number;
	size_t count = 0;

	while (at && count < STATUS_NAMESPACES_MAX) {
		at = skip_blanks(at, end);
		if (number_scan(&at, end, 10, &number))
			break;
		if (number > INT32_MAX)
			return 0;
		out[count++] = (int32_t)number;
	}
	return count;
}

void status_parse(const char *bytes, size_t length, struct proc_status *ret_status)
{
	const char *end = bytes + length, *at = bytes, *line, *line_end;

	memset(ret_status, 0xff, sizeof(*ret_status)); /* every field TARGET_UNKNOWN */
	while (lines_next(&at, end, &line, &line_end)) {
		const char *colon = memchr(line, ':', (size_t)(line_end - line));
		const struct field *field = colon ? find_field(line, (size_t)(colon - line)) : NULL;
		bool ended = at > line_end;

		/* Recorded by way of another system. */
		if (line_end > line && line_end[-1] == '\r')
			line_end--;
		if (field)
			*(uint64_t *)((char *)ret_status + field->offset) =
				parse_value(field, colon + 1, line_end, ended);
	}
}
