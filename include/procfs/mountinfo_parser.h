/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_MOUNTINFO_PARSER_H
#define PROCFS_MOUNTINFO_PARSER_H

/*
 * Parses the bytes of /proc/PID/mountinfo (proc_pid_mountinfo(5)) as they are read, in pieces of
 * any size, into which device is which sort of file system. Mount points and sources, which users
 * choose, are passed over; so is a line that is not understood.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "procfs/lines.h"

#define MOUNTINFO_MAX ((size_t)1 << 20) /* devices: ten times the kernel's own limit, mount-max */

struct mounted_device {
	uint32_t dev_major, dev_minor;
	uint8_t file_system; /* enum file_system */
	uint8_t huge_shift;  /* of hugetlbfs: its pages are 1 << huge_shift bytes; 0 unknown */
};

struct mountinfo_parser {
	struct mounted_device *devices; /* the parser's; once ended ascending, each device once */
	size_t count;
	/* Private: */
	size_t capacity;
	struct lines lines;
};

/* All zeroes is an empty parser. */
void mountinfo_parser_finish(struct mountinfo_parser *parser);

/* Begins a new list, and keeps the memory. */
void mountinfo_parser_reset(struct mountinfo_parser *parser);

/*
 * Parses the next piece. Returns 0; or -EBADMSG when a line or the list is too long, after which
 * there is no more to parse.
 */
int mountinfo_parser_feed(struct mountinfo_parser *parser, const char *bytes, size_t length);

/* The text has ended; a last line without newline counts. Returns 0 or -EBADMSG. */
int mountinfo_parser_end(struct mountinfo_parser *parser);

/* The device's entry of a parser that has ended; NULL when it is not mounted. */
const struct mounted_device *mountinfo_parser_find(const struct mountinfo_parser *parser,
						   uint32_t dev_major, uint32_t dev_minor);

#endif
