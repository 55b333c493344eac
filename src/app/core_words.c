/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/core_words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "app/message.h"
#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "core/core_image.h"

/* What is wrong, and what to do; NULL: what the system says is all there is. */
static const char *words_of(int error)
{
	switch (-error) {
	case ENOENT: return "there is no such file; check the name";
	case EISDIR: return "it is a directory; name a core file in it";
	case ENXIO: return "it is not a regular file; name a core file";
	case ENOEXEC: return "it is not a core file of ELF";
	case ENOTSUP:
		return "it is of another kind of machine than this one; show it on a machine of "
		       "its kind";
	case EFBIG: return "it has more than 1 048 576 segments; look at it with gdb";
	case ENODATA: return "it is truncated before its memory begins, or has no memory in it";
	case EACCES: return "permission denied; run vastop as its owner or as root";
	default: return NULL;
	}
}

static void append(struct text *text, const char *path, const char *words, int error)
{
	text_append(text, "cannot show ");
	utf8_append_escaped(text, path, strlen(path));
	text_append_format(text, ": %s.", words ? words : strerror(-error));
}

int core_words_append_error(struct text *text, const char *path, int error)
{
	append(text, path, words_of(error), error);
	return error == -EACCES || error == -EPERM ? EXIT_NO_PERMISSION : EXIT_TROUBLE;
}

int core_words_append_packed(struct text *text, const char *path, enum unpack_format format,
			     int error)
{
	struct text words = {0};

	switch (-error) {
	case ELIBACC:
		text_append_format(&words,
				   "the library for %s is missing; on Debian: apt-get "
				   "install %s",
				   unpack_format_name(format),
				   format == UNPACK_GZIP ? "zlib1g" : "libzstd1");
		break;
	case ENOTSUP:
		text_append_format(&words,
				   "it is compressed with %s; decompress it with that "
				   "first",
				   unpack_format_name(format));
		break;
	case ENOEXEC: text_append(&words, "what is compressed in it is not a core file"); break;
	case EBADMSG:
		text_append(&words, "nothing in it can be decompressed: it is damaged");
		break;
	default: break;
	}
	append(text, path, words.length ? text_string(&words) : words_of(error), error);
	text_finish(&words);
	return EXIT_TROUBLE;
}

int core_words_append_no_room(struct text *text, const char *path, int error)
{
	struct text words = {0};

	text_append_format(&words,
			   "no file to decompress it into can be made in $TMPDIR or /var/tmp: %s; "
			   "set TMPDIR to a directory that can be written",
			   strerror(-error));
	append(text, path, text_string(&words), error);
	text_finish(&words);
	return EXIT_TROUBLE;
}

void core_words_append_not_played(struct text *text, const char *path)
{
	append(text, path, "it is a core file, which is shown without --replay", 0);
}

/* Begins a statement of the sentence. */
static void begin(struct text *text, const char *path, bool *any)
{
	if (!*any)
		utf8_append_escaped(text, path, strlen(path));
	text_append(text, *any ? "; " : ": ");
	*any = true;
}

static void append_cut(struct text *text, const struct core_headers *headers)
{
	char size[FORMAT_SIZE_LENGTH], whole[FORMAT_SIZE_LENGTH];

	text_append_format(text, "it is truncated, the first %s of %s are there",
			   format_size(size, headers->size), format_size(whole, headers->whole));
	if (headers->missing_count)
		text_append_format(text, ", and %" PRIu64 " mappings are missing",
				   headers->missing_count);
}

void core_words_append_damage(struct text *text, const char *path, const struct core_image *image,
			      const struct unpacked *unpacked)
{
	const struct core_headers *headers = &image->headers;
	bool any = false;

	if (unpacked && unpacked->full) {
		begin(text, path, &any);
		text_append(text, "there is no room in $TMPDIR or /var/tmp for all of it");
	} else if (unpacked && unpacked->cut) {
		begin(text, path, &any);
		text_append(text, "the compressed file is truncated or damaged");
	}
	if (headers->whole > headers->size) {
		begin(text, path, &any);
		append_cut(text, headers);
	}
	if (headers->skipped) {
		begin(text, path, &any);
		text_append_format(text, "%" PRIu64 " of its headers contradict others",
				   headers->skipped);
	}
	if (!image->notes.has_files) {
		begin(text, path, &any);
		text_append(text, "it does not say which files were mapped");
	}
	if (any)
		text_append_char(text, '.');
}
