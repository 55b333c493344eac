/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/core_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "app/core_words.h"
#include "app/message.h"
#include "app/still_source.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "core/core_headers.h"
#include "core/core_image.h"
#include "core/core_space.h"
#include "files/elf_file.h"
#include "model/address_space.h"
#include "sampler/source.h"
#include "ui/text/death_words.h"

#define HEAD_BYTES   64
#define TIME_LENGTH  40
#define SECOND_NS    INT64_C(1000000000)
#define PACKED_LARGE (UINT64_C(4) << 20)
#define SHARE        2 /* of what is free, one in so many is taken */

#define FOLDER "/var/tmp" /* for what is too large for /tmp: hier(7) */

/* Opens a regular file. Returns 0, or -errno. */
static int open_regular(struct core_file *file)
{
	struct stat status;

	file->descriptor = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (file->descriptor < 0 || fstat(file->descriptor, &status))
		return -errno;
	if (!S_ISREG(status.st_mode))
		return S_ISDIR(status.st_mode) ? -EISDIR : -ENXIO;
	file->size = (uint64_t)status.st_size;
	file->time_ns = (int64_t)status.st_mtim.tv_sec * SECOND_NS + status.st_mtim.tv_nsec;
	return 0;
}

/* What the file begins with. Returns the number of bytes. */
static size_t read_head(const struct core_file *file, char head[static HEAD_BYTES])
{
	ssize_t got = pread(file->descriptor, head, HEAD_BYTES, 0);

	return got > 0 ? (size_t)got : 0;
}

bool core_file_is_meant(const char *argument)
{
	struct core_file file = {.path = argument, .unpacked = -1};
	char head[HEAD_BYTES];
	int error = open_regular(&file);
	size_t size = error ? 0 : read_head(&file, head);

	core_file_close(&file);
	return core_headers_are_meant(head, size) || unpack_format_of(head, size) != UNPACK_NONE;
}

/* A file without a name. Returns its descriptor, or -errno. */
static int make_unnamed(void)
{
	const char *folder = secure_getenv("TMPDIR");
	struct text path = {0};
	int made;

	if (!folder || !*folder)
		folder = FOLDER;
	made = open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
	if (made >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
		return made < 0 ? -errno : made;
	/* File systems that cannot do that, as those of a network. */
	text_append_format(&path, "%s/vastop-XXXXXX", folder);
	made = mkostemp(path.bytes, O_CLOEXEC);
	made = made < 0 ? -errno : made;
	if (made >= 0)
		unlink(path.bytes);
	text_finish(&path);
	return made;
}

int core_file_open(const char *path, struct core_file *ret_file, struct text *why)
{
	struct core_file file = {.path = path, .descriptor = -1, .unpacked = -1};
	char head[HEAD_BYTES];
	int error = open_regular(&file);

	if (error) {
		core_file_close(&file);
		return core_words_append_error(why, path, error);
	}
	file.format = unpack_format_of(head, read_head(&file, head));
	if (file.format != UNPACK_NONE) {
		file.unpacked = make_unnamed();
		if (file.unpacked < 0) {
			error = file.unpacked;
			core_file_close(&file);
			return core_words_append_no_room(why, path, error);
		}
	}
	*ret_file = file;
	return EXIT_DONE;
}

/* The file that is read becomes the unpacked one. Returns 0, or -errno. */
static int unpack(struct core_file *file)
{
	struct statvfs system;
	uint64_t room = UINT64_MAX;
	int error;

	/* That the file may grow no further is an error like others (setrlimit(2)). */
	signal(SIGXFSZ, SIG_IGN);
	if (!fstatvfs(file->unpacked, &system))
		room = (uint64_t)system.f_bavail * system.f_frsize / SHARE;
	error = unpack_file(file->descriptor, file->unpacked, file->format, room, &file->result);
	if (error)
		return error;
	close(file->descriptor);
	file->descriptor = file->unpacked;
	file->unpacked = -1;
	file->size = file->result.size;
	return 0;
}

static void close_reader(void *context)
{
	close(*(int *)context);
	free(context);
}

static int read_image(struct core_file *file)
{
	int *descriptor = memory_alloc(sizeof(*descriptor));
	struct core_image *image;
	struct file_reader reader;
	int error;

	*descriptor = file->descriptor;
	file->descriptor = -1;
	reader = elf_file_reader(descriptor, file->size);
	error = core_image_open(&reader, close_reader, &image);
	if (error)
		return error;
	file->kept = &image->kept;
	return core_space_make(image, file->time_ns, &file->space);
}

int core_file_read(struct core_file *file, struct text *why)
{
	int error = 0;

	/* What takes more than a moment. */
	if (file->format != UNPACK_NONE && file->size > PACKED_LARGE && isatty(STDERR_FILENO))
		message_say("decompressing the core file once; Ctrl-C ends that.");
	if (file->format != UNPACK_NONE)
		error = unpack(file);
	if (error)
		return core_words_append_packed(why, file->path, file->format, error);
	error = read_image(file);
	return error ? core_words_append_error(why, file->path, error) : EXIT_DONE;
}

void core_file_close(struct core_file *file)
{
	address_space_destroy(file->space);
	kept_memory_release(file->kept);
	if (file->descriptor >= 0)
		close(file->descriptor);
	if (file->unpacked >= 0)
		close(file->unpacked);
	*file = (struct core_file){.descriptor = -1, .unpacked = -1};
}

void core_file_append_damage(struct text *text, const struct core_file *file)
{
	core_words_append_damage(text, file->path, (const struct core_image *)file->kept,
				 file->format == UNPACK_NONE ? NULL : &file->result);
}

void core_file_append_origin(struct text *text, const struct core_file *file)
{
	time_t seconds = (time_t)(file->time_ns / SECOND_NS);
	char time[TIME_LENGTH];
	struct tm tm;

	localtime_r(&seconds, &tm);
	strftime(time, sizeof(time), "%Y-%m-%d %H:%M:%S %z", &tm);
	death_words_append(text, &file->space->target);
	text_append(text, "  ");
	utf8_append_escaped(text, file->path, strlen(file->path));
	text_append_format(text, "  %s", time);
}

struct source *core_file_source(const struct core_file *file)
{
	return still_source_create(address_space_copy(file->space));
}
