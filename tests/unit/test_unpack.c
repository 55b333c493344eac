/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/unpack.h"
#include "packed_core.h"

#define SIZE ((size_t)3 << 20)

/* The head of a core file of any machine, zeroes, and at each of its ends something else. */
static uint8_t *make_bytes(void)
{
	uint8_t *bytes = calloc(1, SIZE);
	Elf64_Ehdr header = {.e_type = ET_CORE};

	memcpy(header.e_ident, ELFMAG, SELFMAG);
	header.e_ident[EI_DATA] =
		__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB;
	memcpy(bytes, &header, sizeof(header));
	memcpy(bytes + SIZE - 3, "end", 3);
	return bytes;
}

struct files {
	FILE *from, *to;
	struct unpacked unpacked;
};

static int unpack(struct files *files, const struct packed *packed, enum unpack_format format,
		  uint64_t room)
{
	files->from = tmpfile();
	files->to = tmpfile();
	files->unpacked = (struct unpacked){0};
	fwrite(packed->bytes, packed->size, 1, files->from);
	fflush(files->from);
	return unpack_file(fileno(files->from), fileno(files->to), format, room, &files->unpacked);
}

static void finish(struct files *files)
{
	fclose(files->from);
	fclose(files->to);
}

static void expect_bytes(const struct files *files, const uint8_t *bytes, size_t size)
{
	uint8_t *out = malloc(size + 1);

	assert_int_equal(files->unpacked.size, size);
	assert_int_equal(pread(fileno(files->to), out, size + 1, 0), size);
	assert_memory_equal(out, bytes, size);
	free(out);
}

static void check(enum unpack_format format,
		  void (*put)(struct packed *packed, const void *bytes, size_t size))
{
	uint8_t *bytes = make_bytes();
	struct packed packed = {0};
	struct files files;
	struct stat status;

	put(&packed, bytes, SIZE);
	assert_int_equal(unpack_format_of(packed.bytes, packed.size), format);
	assert_int_equal(unpack(&files, &packed, format, UINT64_MAX), 0);
	assert_false(files.unpacked.cut || files.unpacked.full);
	expect_bytes(&files, bytes, SIZE);
	/* Zeroes take no place: at most the two blocks, as file systems count them. */
	assert_int_equal(fstat(fileno(files.to), &status), 0);
	assert_true((uint64_t)status.st_blocks * 512 < SIZE / 4);
	finish(&files);

	/* What is behind a whole stream is none of it. */
	packed_put(&packed, "\0\0\0\0\0\0\0\0", 8);
	assert_int_equal(unpack(&files, &packed, format, UINT64_MAX), 0);
	assert_false(files.unpacked.cut);
	expect_bytes(&files, bytes, SIZE);
	finish(&files);

	/* Cut in the middle. */
	packed.size /= 2;
	assert_int_equal(unpack(&files, &packed, format, UINT64_MAX), 0);
	assert_true(files.unpacked.cut);
	assert_in_range(files.unpacked.size, SIZE / 4, SIZE / 2);
	expect_bytes(&files, bytes, files.unpacked.size);
	finish(&files);
	packed.size = 4;
	assert_int_equal(unpack(&files, &packed, format, UINT64_MAX), -EBADMSG);
	finish(&files);

	/* No room but for the first block. */
	packed.size = 0;
	put(&packed, bytes, SIZE);
	assert_int_equal(unpack(&files, &packed, format, 4096), 0);
	assert_true(files.unpacked.full);
	expect_bytes(&files, bytes, SIZE - 4096);
	finish(&files);

	packed.size = 0;
	put(&packed, bytes + 8, 1000);
	assert_int_equal(unpack(&files, &packed, format, UINT64_MAX), -ENOEXEC);
	finish(&files);
	free(packed.bytes);
	free(bytes);
}

static void unpacks_gzip(void **state)
{
	(void)state;
#ifdef HAVE_ZLIB
	check(UNPACK_GZIP, packed_put_gzip);
#else
	skip();
#endif
}

static void unpacks_zstd(void **state)
{
	(void)state;
#ifdef HAVE_ZSTD
	check(UNPACK_ZSTD, packed_put_zstd);
#else
	skip();
#endif
}

static void tells_formats_apart(void **state)
{
	struct packed packed = {0};
	struct files files;

	(void)state;
	assert_int_equal(unpack_format_of("", 0), UNPACK_NONE);
	assert_int_equal(unpack_format_of("\x7f"
					  "ELF",
					  4),
			 UNPACK_NONE);
	assert_int_equal(unpack_format_of("\x1f\x8b", 2), UNPACK_NONE);
	assert_int_equal(unpack_format_of("\x1f\x8b\x08", 3), UNPACK_GZIP);
	assert_int_equal(unpack_format_of("\x28\xb5\x2f\xfd", 4), UNPACK_ZSTD);
	assert_int_equal(unpack_format_of("\xfd"
					  "7zXZ\0",
					  6),
			 UNPACK_XZ);
	assert_int_equal(unpack_format_of("\x04\x22\x4d\x18", 4), UNPACK_LZ4);
	assert_int_equal(unpack_format_of("BZh9", 4), UNPACK_BZIP2);
	assert_string_equal(unpack_format_name(UNPACK_XZ), "xz");
	assert_null(unpack_format_name(UNPACK_NONE));
	packed_put(&packed, "BZh9", 4);
	assert_int_equal(unpack(&files, &packed, UNPACK_BZIP2, 0), -ENOTSUP);
	finish(&files);
	free(packed.bytes);
}

/* A folder cannot be read, what is open for reading only cannot be written, as any file. */
static void errors_of_files_are_told(void **state)
{
	struct unpacked unpacked = {.size = 77};
	int folder = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
	uint8_t *bytes = make_bytes();
	struct packed packed = {0};
	struct files files;
	int error;

	(void)state;
	error = unpack_file(folder, nothing, UNPACK_GZIP, UINT64_MAX, &unpacked);
	if (error != -ELIBACC && error != -ENOTSUP) {
		assert_int_equal(error, -EISDIR);
		packed_put_gzip(&packed, bytes, SIZE);
		assert_int_equal(unpack(&files, &packed, UNPACK_GZIP, UINT64_MAX), 0);
		assert_int_equal(unpack_file(fileno(files.from), nothing, UNPACK_GZIP, UINT64_MAX,
					     &unpacked),
				 -EBADF);
		assert_int_equal(unpacked.size, 77);
		finish(&files);
	}
	free(packed.bytes);
	free(bytes);
	close(folder);
	close(nothing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unpacks_gzip),
		cmocka_unit_test(unpacks_zstd),
		cmocka_unit_test(tells_formats_apart),
		cmocka_unit_test(errors_of_files_are_told),
	};

	return cmocka_run_group_tests_name("unpack", tests, NULL, NULL);
}
