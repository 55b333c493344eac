/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_MAPS_PARSER_H
#define PROCFS_MAPS_PARSER_H

/*
 * Parses the bytes of /proc/PID/maps (proc_pid_maps(5)) as they are read, in pieces of any size.
 *
 * The result is always sorted, disjoint and free of empty ranges, although the kernel's text need
 * not be: a list that takes several read() calls is torn by what the process does in between. A
 * line that begins inside what is there is clipped, one that lies in it wholly is dropped, and of
 * two lines with the same start the later one counts.
 *
 * The memory of a result is used again for the next one, if it is still there. Names are the raw
 * bytes of the line; equal names next to each other share their pointer.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/keyed_hash.h"
#include "model/vma.h"
#include "procfs/lines.h"
#include "procfs/name_pool.h"

struct maps_parser {
	struct vma *vmas; /* the result; tid, kinds, owner and deleted are 0. The caller may
			   * change it; valid until the next reset */
	size_t count;
	/* Private: */
	size_t capacity;
	size_t expected;        /* VMAs of the next list, when memory for them is needed again */
	uint64_t printed_start; /* of the last VMA, before it was clipped */
	struct lines lines;
	struct name_pool names;
	const char *last_name;
	size_t last_length;
};

/* Names are hashed under the key, which is to be random where they are a target's. */
void maps_parser_init(struct maps_parser *parser, struct hash_key key);
void maps_parser_finish(struct maps_parser *parser);

/* Begins a new list; keeps the memory and mostly the names. */
void maps_parser_reset(struct maps_parser *parser);

/*
 * Gives the VMAs away, which the caller frees; their names stay the parser's. Their count stays
 * until the reset, before which nothing else may be done with the list.
 */
struct vma *maps_parser_give_away(struct maps_parser *parser);

/*
 * Parses the next piece. Returns 0; or -EBADMSG for a malformed line, after which only a reset
 * makes sense.
 */
int maps_parser_feed(struct maps_parser *parser, const char *bytes, size_t length);

/*
 * For a list that is not the kernel's own text: parses one line, length bytes with a newline at
 * their end and nowhere else, without adding it; and adds a VMA to the list, which is clipped as
 * described above. Returns 0 or -EBADMSG, after which all is as before. The name in *ret_vma is
 * the parser's.
 */
int maps_parser_line(struct maps_parser *parser, const char *bytes, size_t length,
		     struct vma *ret_vma);
void maps_parser_add(struct maps_parser *parser, const struct vma *vma);

/* The text has ended; a last line without newline counts. Returns 0 or -EBADMSG. */
int maps_parser_end(struct maps_parser *parser);

#endif
