/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_CORE_FILE_H
#define APP_CORE_FILE_H

/*
 * A core file that is shown, compressed or not. It is opened before vastop gives up what it may do
 * (app/sandbox.h), and read afterwards. One that is compressed is unpacked once, into a file
 * without a name in $TMPDIR, or /var/tmp, which is gone when vastop ends: as far as half of what is
 * free there.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/unpack.h"

struct address_space;
struct kept_memory;
struct source;
struct text;

#define CORE_FILE_INTERVAL_NS (3600 * UINT64_C(1000000000)) /* nothing comes */

struct core_file {
	const char *path; /* not owned */
	int64_t time_ns;  /* when it was written last, CLOCK_REALTIME */
	/* Once it is read: */
	struct kept_memory *kept;    /* its memory, held */
	struct address_space *space; /* owned */
	/* Private: */
	int descriptor, unpacked; /* negative: none, or they are the memory's */
	uint64_t size;
	enum unpack_format format;
	struct unpacked result;
};

/* Whether an argument that is no number names a core file, or a file that was compressed. */
bool core_file_is_meant(const char *argument);

/*
 * Opens it. Returns 0; or the exit status, after appending to why a sentence that says what to do.
 */
int core_file_open(const char *path, struct core_file *ret_file, struct text *why);

/* Unpacks it where that is necessary, and reads it. Returns as core_file_open(). */
int core_file_read(struct core_file *file, struct text *why);

/* Frees all; the memory with its last holder. */
void core_file_close(struct core_file *file);

/* Appends a sentence: what of it is missing or damaged; nothing where it is whole. */
void core_file_append_damage(struct text *text, const struct core_file *file);

/* Appends what it is, escaped for a terminal: what ended the process, name, local time. */
void core_file_append_origin(struct text *text, const struct core_file *file);

/* A source (sampler/source.h) of its one sample, which gives nothing new after that. */
struct source *core_file_source(const struct core_file *file);

#endif
