/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_CORE_WORDS_H
#define APP_CORE_WORDS_H

/* What is wrong with a core file, in a sentence each; text from outside is escaped. */

#include "core/unpack.h"

struct core_image;
struct text;

/* Why it cannot be shown (-errno of core/core_image.h); returns the exit status. */
int core_words_append_error(struct text *text, const char *path, int error);

/* Why it cannot be unpacked (-errno of unpack_file()); and why there is no place for that. */
int core_words_append_packed(struct text *text, const char *path, enum unpack_format format,
			     int error);
int core_words_append_no_room(struct text *text, const char *path, int error);

/* That it is not a recording. */
void core_words_append_not_played(struct text *text, const char *path);

/*
 * What of it is not there although it is shown; nothing where it is whole. unpacked: NULL where it
 * was not compressed.
 */
void core_words_append_damage(struct text *text, const char *path, const struct core_image *image,
			      const struct unpacked *unpacked);

#endif
