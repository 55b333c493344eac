/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_RECORDED_MAPS_H
#define SAMPLER_RECORDED_MAPS_H

/*
 * Reads the list of mappings of a recorded process: maps, or where that is missing or damaged
 * smaps, which has the same lines before the values of each mapping. Recorded trees come with bug
 * reports: cut, edited, with the line ends of other systems, columns realigned, lines sorted by
 * another tool. What is a mapping's line but for its blanks counts; what is none is passed over and
 * counted; nothing is guessed.
 */

#include <stddef.h>
#include <stdint.h>

struct maps_parser;
struct source_damage;

/* A list is of at most so many bytes. */
#define RECORDED_MAPS_MAX ((size_t)256 << 20)

/*
 * Reads the list below the directory descriptor of the process into the parser. Returns 0 and sets
 * *ret_damage; or
 *   -ENOENT   there is neither maps nor smaps,
 *   -ENODATA  the file is empty,
 *   -EBADMSG  no line of it is a mapping,
 *   -EFBIG    it is longer than RECORDED_MAPS_MAX,
 * or the -errno of openat(2) or read(2): all of maps, or of smaps where there is no maps.
 */
int recorded_maps_read(struct maps_parser *parser, int directory, struct source_damage *ret_damage);

/* The same of a text that was read already; for tests. Sets all of *ret_damage but the file. */
int recorded_maps_parse(struct maps_parser *parser, const char *bytes, size_t length,
			struct source_damage *ret_damage);

#endif
