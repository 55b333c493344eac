/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "core_bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/core_file.h"
#include "app/message.h"
#include "base/text.h"
#include "kernel/kept_memory.h"
#include "model/address_space.h"
#include "packed_core.h"
#include "sampler/source.h"

struct folder {
	char path[40], file[60];
};

static struct folder make_folder(void)
{
	struct folder folder = {.path = "/tmp/vastop-test-XXXXXX"};

	assert_non_null(mkdtemp(folder.path));
	snprintf(folder.file, sizeof(folder.file), "%s/core", folder.path);
	return folder;
}

static void put_file(const struct folder *folder, const void *bytes, size_t size)
{
	FILE *file = fopen(folder->file, "we");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	fclose(file);
}

static void remove_folder(const struct folder *folder)
{
	unlink(folder->file);
	assert_int_equal(rmdir(folder->path), 0);
}

static void fail_to_open(const char *path, const char *part)
{
	struct core_file file;
	struct text why = {0};

	assert_int_equal(core_file_open(path, &file, &why), EXIT_TROUBLE);
	if (!strstr(text_string(&why), part))
		fail_msg("said: %s", text_string(&why));
	text_finish(&why);
}

/* Opens and reads it; what is missing of it is as expected. */
static void read_good(const struct folder *folder, struct core_file *file, const char *damage)
{
	struct text text = {0};

	assert_int_equal(core_file_open(folder->file, file, &text), 0);
	assert_int_equal(core_file_read(file, &text), 0);
	assert_int_equal(text.length, 0);
	core_file_append_damage(&text, file);
	if (!strstr(text_string(&text), damage) || (*damage == '\0' && text.length))
		fail_msg("said: %s", text_string(&text));
	text_finish(&text);
	assert_int_equal(file->space->target.pid, CORE_PID);
	assert_int_equal(file->space->vma_count, 8);
}

static void is_known_by_its_content(void **state)
{
	struct folder folder = make_folder();
	struct core_bytes bytes;
	struct core_made made;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	put_file(&folder, made.bytes, made.file.size);
	assert_true(core_file_is_meant(folder.file));
	assert_false(core_file_is_meant(folder.path));
	assert_false(core_file_is_meant("/dev/null"));
	assert_false(core_file_is_meant("no-such-file"));
	assert_false(core_file_is_meant("/proc/self/exe"));
	put_file(&folder, "\x1f\x8b\x08", 3);
	assert_true(core_file_is_meant(folder.file));
	put_file(&folder, "", 0);
	assert_false(core_file_is_meant(folder.file));
	fail_to_open(folder.path, "a directory");
	fail_to_open("/dev/null", "not a regular file");
	fail_to_open("/tmp/no such file", "no such file");
	remove_folder(&folder);
	free(made.bytes);
}

static void reads_a_core_file(void **state)
{
	struct folder folder = make_folder();
	struct core_bytes bytes;
	struct core_made made;
	struct core_file file;
	struct stat status;
	struct text origin = {0};

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	put_file(&folder, made.bytes, made.file.size);
	read_good(&folder, &file, "");
	assert_int_equal(stat(folder.file, &status), 0);
	assert_int_equal(file.time_ns / 1000000000, status.st_mtime);
	core_file_append_origin(&origin, &file);
	assert_non_null(strstr(text_string(&origin), "killed by SIGSEGV"));
	text_finish(&origin);
	core_file_close(&file);
	put_file(&folder, made.bytes, made.file.size - 3 * CORE_PAGE);
	read_good(&folder, &file, "truncated");
	core_file_close(&file);
	free(made.bytes);
	remove_folder(&folder);
}

static void gives_its_sample_once(void **state)
{
	struct folder folder = make_folder();
	struct address_space *space;
	struct core_bytes bytes;
	struct core_made made;
	struct core_file file;
	struct source *source;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	put_file(&folder, made.bytes, made.file.size);
	free(made.bytes);
	read_good(&folder, &file, "");
	source = core_file_source(&file);
	assert_int_equal(source_read(source, &space), 0);
	assert_true(address_space_same_list(space, file.space));
	address_space_destroy(space);
	assert_int_equal(source_read(source, &space), -EAGAIN);
	assert_int_equal(source_exit_descriptor(source), -1);
	assert_null(source_damage(source));
	source_destroy(source);
	core_file_close(&file);
	remove_folder(&folder);
}

static void fail_to_read(const struct folder *folder, const char *part)
{
	struct core_file file;
	struct text why = {0};

	assert_int_equal(core_file_open(folder->file, &file, &why), 0);
	assert_int_equal(core_file_read(&file, &why), EXIT_TROUBLE);
	if (!strstr(text_string(&why), part))
		fail_msg("said: %s", text_string(&why));
	text_finish(&why);
	core_file_close(&file);
}

static void what_has_no_memory_is_told(void **state)
{
	struct folder folder = make_folder();
	struct core_bytes bytes;
	struct core_made made;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	/* The header of the file, and of a segment no more than a part. */
	put_file(&folder, made.bytes, sizeof(Elf64_Ehdr) + 10);
	fail_to_read(&folder, "it is truncated before its memory begins");
	free(made.bytes);
	remove_folder(&folder);
}

#if defined(HAVE_ZLIB) && defined(HAVE_ZSTD)
static void check_packed(const struct folder *folder, const struct core_made *made,
			 void (*put)(struct packed *packed, const void *bytes, size_t size))
{
	struct packed packed = {0};
	struct core_file file;

	put(&packed, made->bytes, made->file.size);
	put_file(folder, packed.bytes, packed.size);
	read_good(folder, &file, "");
	core_file_close(&file);
	put_file(folder, packed.bytes, packed.size - CORE_PAGE);
	read_good(folder, &file, "the compressed file is truncated");
	core_file_close(&file);
	free(packed.bytes);
}

static void unpacks_what_is_compressed(void **state)
{
	struct folder folder = make_folder();
	struct core_bytes bytes;
	struct core_made made;

	(void)state;
	core_bytes_init(&bytes);
	core_made_init(&made, &bytes.core);
	check_packed(&folder, &made, packed_put_gzip);
	check_packed(&folder, &made, packed_put_zstd);
	put_file(&folder, "\x1f\x8b\x08", 3);
	fail_to_read(&folder, "nothing in it can be decompressed");
	put_file(&folder, "BZh9", 4);
	fail_to_read(&folder, "compressed with bzip2");
	/* No place for what comes out. */
	setenv("TMPDIR", "/no such directory", 1);
	put_file(&folder, "\x1f\x8b\x08", 3);
	fail_to_open(folder.file, "TMPDIR");
	unsetenv("TMPDIR");
	free(made.bytes);
	remove_folder(&folder);
}
#else
static void unpacks_what_is_compressed(void **state)
{
	(void)state;
	skip();
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_known_by_its_content),
		cmocka_unit_test(reads_a_core_file),
		cmocka_unit_test(gives_its_sample_once),
		cmocka_unit_test(what_has_no_memory_is_told),
		cmocka_unit_test(unpacks_what_is_compressed),
	};

	return cmocka_run_group_tests_name("core_file", tests, NULL, NULL);
}
