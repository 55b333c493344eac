/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "record/recording_schema.h"

#define COPY_BYTES            ((size_t)1 << 20)
#define JOURNAL_HEADER_LENGTH 20
#define JOURNAL_PAGES_AT      16

/*
 * A journal begins with this mark. One of several databases ends with the name of a file, which
 * SQLite would remove, and the mark again (sqlite.org/fileformat2, "super-journal"). None of a
 * recording does.
 */
static const unsigned char journal_mark[] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};

static void append_journal(struct text *text, const char *path)
{
	text_append(text, path);
	text_append(text, "-journal");
}

/* 0 for a regular file that nobody else locks. */
static int take(int descriptor)
{
	struct stat status;

	if (fstat(descriptor, &status))
		return -errno;
	if (!S_ISREG(status.st_mode))
		return S_ISDIR(status.st_mode) ? -EISDIR : -ENXIO;
	if (flock(descriptor, LOCK_EX | LOCK_NB))
		return errno == EWOULDBLOCK ? -EBUSY : -errno;
	return 0;
}

int recording_file_take(const char *path, bool force)
{
	int descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	int error;

	if (descriptor < 0)
		return errno == EISDIR || errno == ENXIO || errno == ENOENT || force ? -errno
										     : -EEXIST;
	error = take(descriptor);
	if (!error && !force)
		error = -EEXIST;
	if (!error)
		return descriptor;
	close(descriptor);
	return error;
}

void recording_file_remove_journal(const char *path)
{
	struct text journal = {0};

	append_journal(&journal, path);
	unlink(text_string(&journal));
	text_finish(&journal);
}

static int empty_existing(const char *path, bool force)
{
	int descriptor = recording_file_take(path, force);

	if (descriptor >= 0 && ftruncate(descriptor, 0)) {
		int error = -errno;

		close(descriptor);
		return error;
	}
	if (descriptor >= 0)
		recording_file_remove_journal(path);
	return descriptor;
}

int recording_file_create(const char *path, bool force)
{
	struct text journal = {0};
	int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	int error;

	if (descriptor < 0 && errno != EEXIST)
		return -errno;
	if (descriptor < 0)
		return empty_existing(path, force);
	error = take(descriptor);
	/* It would be taken for that of the new file. */
	append_journal(&journal, path);
	if (!error && !force && !access(text_string(&journal), F_OK))
		error = -EEXIST;
	text_finish(&journal);
	if (!error && force)
		recording_file_remove_journal(path);
	if (!error)
		return descriptor;
	unlink(path);
	close(descriptor);
	return error;
}

/*
 * Whether a journal belongs to a file that was empty before: what was written since is taken back,
 * and nothing is left. After the mark, the header of a journal has the number of its records, a
 * number for checksums, and how many pages the file had (sqlite.org/fileformat2, "rollback
 * journal"): all of 32 bits.
 */
static bool began_empty(const char *journal)
{
	int descriptor = open(journal, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	unsigned char header[JOURNAL_HEADER_LENGTH];
	bool is_whole = descriptor >= 0 &&
			pread(descriptor, header, sizeof(header), 0) == (ssize_t)sizeof(header);

	if (descriptor >= 0)
		close(descriptor);
	return is_whole && !memcmp(header, journal_mark, sizeof(journal_mark)) &&
	       !memcmp(header + JOURNAL_PAGES_AT, "\0\0\0", 4);
}

int recording_file_check(const char *path, bool *ret_torn)
{
	static const int errors[] = {
		[RECORDING_GOOD] = 0, [RECORDING_FOREIGN] = -EBADMSG, [RECORDING_NEWER] = -ENOTSUP};
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	unsigned char header[RECORDING_HEADER_LENGTH];
	struct text journal = {0};
	struct stat status;
	ssize_t length;
	int error;

	if (descriptor < 0)
		return -errno;
	if (fstat(descriptor, &status) || !S_ISREG(status.st_mode)) {
		close(descriptor);
		return S_ISDIR(status.st_mode) ? -EISDIR : -ENXIO;
	}
	length = pread(descriptor, header, sizeof(header), 0);
	error = length < 0 ? -errno : length == 0 ? -ENODATA : 0;
	append_journal(&journal, path);
	/* A recorder that lives removes it in a moment. */
	*ret_torn = !stat(text_string(&journal), &status) && status.st_size > 0 &&
		    !flock(descriptor, LOCK_SH | LOCK_NB);
	close(descriptor);
	if (!error)
		error = errors[recording_form(header, (size_t)length)];
	if (error == -EBADMSG && *ret_torn && began_empty(text_string(&journal)))
		error = -ENODATA;
	text_finish(&journal);
	return error;
}

static int copy(const char *from, const char *to, bool journal)
{
	int in = open(from, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	unsigned char *bytes = memory_alloc(COPY_BYTES);
	unsigned char last[sizeof(journal_mark)] = {0};
	ssize_t length = -1;
	int error = in < 0 || out < 0 ? -errno : 0;

	while (!error && (length = read(in, bytes, COPY_BYTES)) > 0)
		if (write(out, bytes, (size_t)length) != length)
			error = -ENOSPC;
	if (!error && length < 0)
		error = -errno;
	if (!error && journal && lseek(in, -(off_t)sizeof(last), SEEK_END) >= 0 &&
	    read(in, last, sizeof(last)) == sizeof(last) &&
	    !memcmp(last, journal_mark, sizeof(last)))
		error = -EBADMSG;
	free(bytes);
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return error;
}

const char *recording_file_rescue_folder(void)
{
	const char *folder = getenv("TMPDIR");

	return folder && folder[0] == '/' ? folder : "/tmp";
}

int recording_file_rescue(const char *path, char **ret_path)
{
	struct text place = {0}, from = {0}, to = {0};
	int error;

	text_append(&place, recording_file_rescue_folder());
	text_append(&place, "/vastop-XXXXXX");
	if (!mkdtemp(place.bytes)) {
		error = -errno;
		text_finish(&place);
		return error;
	}
	text_append(&place, "/recording");
	append_journal(&from, path);
	append_journal(&to, text_string(&place));
	error = copy(text_string(&from), text_string(&to), true);
	error = error ? error : copy(path, text_string(&place), false);
	*ret_path = memory_copy_string(text_string(&place));
	text_finish(&place);
	text_finish(&from);
	text_finish(&to);
	if (!error)
		return 0;
	recording_file_discard(*ret_path);
	*ret_path = NULL;
	return error;
}

void recording_file_discard(char *path)
{
	struct text journal = {0};

	if (!path)
		return;
	append_journal(&journal, path);
	unlink(text_string(&journal));
	text_finish(&journal);
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	free(path);
}
