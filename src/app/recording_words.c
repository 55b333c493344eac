/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/recording_words.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

#define LIBRARY "the library sqlite3 is missing; on Debian: apt-get install libsqlite3-0"

/* What is wrong, and what to do; NULL: what the system says is all there is. */
static const char *write_words(int error)
{
	switch (-error) {
	case EEXIST: return "the file exists; name another one, or give --force to overwrite it";
	case EBUSY: return "another vastop records to it; name another file";
	case EISDIR: return "it is a directory; name a file in it";
	case ENXIO: return "it is not a regular file; name a new file";
	case ELOOP: return "it is a symbolic link; name the file itself";
	case ELIBACC: return LIBRARY;
	case ENOSPC: return "the disk is full; free some space, or name a file on another one";
	case EROFS: return "the place is read-only; name a file that can be written";
	case ETIMEDOUT: return "the file system does not answer; name a file on another one";
	case EBADMSG: return "another program has changed the file; name another one";
	default: return NULL;
	}
}

static const char *read_words(int error)
{
	switch (-error) {
	case ENOENT: return "there is no such file; check the name";
	case EISDIR: return "it is a directory; name a recording in it";
	case ENXIO: return "it is not a regular file; name a recording";
	case ENODATA: return "there is no sample in it; nothing was recorded";
	case EBADMSG:
		return "it is not a recording of vastop, or it is damaged; name a file that "
		       "--record made (a JSON snapshot is for --diff)";
	case ENOTSUP: return "it was recorded by a later vastop; install that one";
	case ELIBACC: return LIBRARY;
	case EBUSY: return "it is being written all the time; try again";
	case ETIMEDOUT: return "reading it takes too long: it is damaged";
	default: return NULL;
	}
}

static const char *snapshot_words(int error)
{
	switch (-error) {
	case ENODATA: return "it has no mappings: they were not to be read";
	case EBADMSG:
		return "it is not one JSON snapshot of vastop (--once --format=json), or it is "
		       "damaged";
	case ENOTSUP: return "it was written by a later vastop; install that one";
	case EFBIG: return "it is larger than 256 MB; record the process instead";
	case ELIBACC:
		return "the library jansson is missing; on Debian: apt-get install libjansson4";
	default: return NULL;
	}
}

static void append(struct text *text, const char *what, const char *path, const char *words,
		   int error)
{
	text_append(text, what);
	utf8_append_escaped(text, path, strlen(path));
	text_append_format(text, ": %s.", words ? words : strerror(-error));
}

void recording_words_append_write_error(struct text *text, const char *path, int error)
{
	append(text, "cannot record to ", path, write_words(error), error);
}

void recording_words_append_stopped(struct text *text, const char *path, int error)
{
	append(text, "recording stopped, what came before is in ", path, write_words(error), error);
}

void recording_words_append_read_error(struct text *text, const char *path, int error)
{
	append(text, "cannot show ", path, read_words(error), error);
}

void recording_words_append_snapshot_error(struct text *text, const char *path, int error)
{
	append(text, "cannot compare ", path, snapshot_words(error), error);
}
