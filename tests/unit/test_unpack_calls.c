/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What is written of what comes out, and what becomes of errors: the calls are the test's own here,
 * and the stream is its bytes as they are, up to an end.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <elf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "call_log.h"
#include "core/gzip.h"
#include "core/unpack.h"
#include "core/unpacker.h"

#define FROM  4711
#define TO    4712
#define BLOCK ((size_t)4096)
#define MOST  (8 * BLOCK)

/* The file, and what calls reply. */
static struct {
	char bytes[MOST];
	size_t size, piece; /* bytes that are there, and that one read(2) gives at most */
	size_t end;         /* of the stream, in it; 0: it is cut, as far as is known */
	size_t damaged;     /* from there on; 0: nowhere */
	int read_errors[3], write_errors[4];
	size_t short_write; /* the first one writes so many */
	int cut_error, create_error;
	size_t reads, writes, at;
	char written[MOST];
} world;

static int step(struct unpacker *unpacker, struct unpacker_step *step)
{
	size_t part = step->in_left < step->out_left ? step->in_left : step->out_left;
	size_t left = (world.end ? world.end : MOST) - world.at;

	assert_non_null(unpacker);
	if (world.damaged && world.at + part > world.damaged)
		part = world.damaged - world.at;
	if (part > left)
		part = left;
	memcpy(step->out, step->in, part);
	step->in += part;
	step->in_left -= part;
	step->out += part;
	step->out_left -= part;
	world.at += part;
	step->ended = part && world.at == world.end;
	return world.damaged && world.at == world.damaged ? -EBADMSG : 0;
}

static void destroy(struct unpacker *unpacker)
{
	assert_non_null(unpacker);
	call_log_say("destroy");
}

int gzip_create(struct unpacker **ret_unpacker)
{
	static struct unpacker unpacker = {step, destroy};

	if (!world.create_error)
		*ret_unpacker = &unpacker;
	return world.create_error;
}

ssize_t pread(int descriptor, void *bytes, size_t size, off_t offset)
{
	size_t left = (size_t)offset < world.size ? world.size - (size_t)offset : 0;

	assert_int_equal(descriptor, FROM);
	assert_int_equal(size, 256 * 1024);
	if (world.reads < 3 && world.read_errors[world.reads++]) {
		errno = world.read_errors[world.reads - 1];
		return -1;
	}
	left = left < world.piece ? left : world.piece;
	memcpy(bytes, world.bytes + offset, left);
	return (ssize_t)left;
}

ssize_t __pread_chk(int descriptor, void *bytes, size_t size, off_t offset, size_t room);

ssize_t __pread_chk(int descriptor, void *bytes, size_t size, off_t offset, size_t room)
{
	assert_true(size <= room);
	return pread(descriptor, bytes, size, offset);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset)
{
	assert_int_equal(descriptor, TO);
	call_log_say("write %zu at %ld", size, (long)offset);
	if (world.writes < 4 && world.write_errors[world.writes++]) {
		errno = world.write_errors[world.writes - 1];
		return errno == ENODATA ? 0 : -1;
	}
	if (world.short_write) {
		size = world.short_write;
		world.short_write = 0;
	}
	memcpy(world.written + offset, bytes, size);
	return (ssize_t)size;
}

int ftruncate(int descriptor, off_t size)
{
	assert_int_equal(descriptor, TO);
	call_log_say("end at %ld", (long)size);
	errno = world.cut_error;
	return errno ? -1 : 0;
}

/* A file of two blocks and a half, with zeroes between. */
static int set_up(void **state)
{
	const Elf64_Ehdr header = {
		.e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64,
			    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB},
		.e_type = ET_CORE};

	(void)state;
	memset(&world, 0, sizeof(world));
	memcpy(world.bytes, &header, sizeof(header));
	world.bytes[2 * BLOCK - 1] = 'x';
	world.bytes[4 * BLOCK + 100] = 'y';
	world.size = world.end = 4 * BLOCK + 200;
	world.piece = MOST;
	call_log_clear();
	return 0;
}

#define FIRST  "write 4096 at 0\n"
#define SECOND "write 4096 at 4096\n"
#define LAST   "write 200 at 16384\n"

/* Expects the error, else so many bytes, of which the file has all that is not zero. */
static void assert_unpacked(int error, uint64_t room, uint64_t size, bool cut, bool full)
{
	struct unpacked unpacked = {.size = 77};

	assert_int_equal(unpack_file(FROM, TO, UNPACK_GZIP, room, &unpacked), error);
	if (error) {
		assert_int_equal(unpacked.size, 77);
		return;
	}
	assert_int_equal(unpacked.size, size);
	assert_int_equal(unpacked.cut, cut);
	assert_int_equal(unpacked.full, full);
	assert_memory_equal(world.written, world.bytes, size);
}

static void zeroes_are_left_out(void **state)
{
	(void)state;
	assert_unpacked(0, UINT64_MAX, world.size, false, false);
	call_log_expect(FIRST SECOND LAST "end at 16584\ndestroy\n");
}

static void pieces_are_put_together(void **state)
{
	(void)state;
	world.piece = 1000;
	world.read_errors[0] = world.read_errors[2] = EINTR;
	assert_unpacked(0, UINT64_MAX, world.size, false, false);
	call_log_expect(FIRST SECOND LAST "end at 16584\ndestroy\n");
}

static void writing_continues_where_it_stopped(void **state)
{
	(void)state;
	world.write_errors[0] = EINTR;
	world.short_write = 1000;
	assert_unpacked(0, UINT64_MAX, world.size, false, false);
	call_log_expect(FIRST FIRST "write 3096 at 1000\n" SECOND LAST "end at 16584\ndestroy\n");
}

/* ENODATA stands for a write(2) that writes nothing. */
static void a_full_disk_ends_it_before_that_block(void **state)
{
	static const int errors[] = {ENOSPC, EDQUOT, EFBIG, ENODATA};

	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		set_up(state);
		world.write_errors[1] = errors[i];
		assert_unpacked(0, UINT64_MAX, BLOCK, false, true);
		call_log_expect(FIRST SECOND "end at 4096\ndestroy\n");
	}
	set_up(state);
	world.write_errors[2] = ENOSPC;
	/* Zeroes before it are there. */
	assert_unpacked(0, UINT64_MAX, 4 * BLOCK, false, true);
}

static void other_errors_are_told(void **state)
{
	world.write_errors[1] = EIO;
	assert_unpacked(-EIO, UINT64_MAX, 0, false, false);
	call_log_expect(FIRST SECOND "destroy\n");
	set_up(state);
	world.read_errors[0] = EIO;
	assert_unpacked(-EIO, UINT64_MAX, 0, false, false);
	call_log_expect("destroy\n");
	set_up(state);
	world.cut_error = EINVAL;
	assert_unpacked(-EINVAL, UINT64_MAX, 0, false, false);
	call_log_expect(FIRST SECOND LAST "end at 16584\ndestroy\n");
	set_up(state);
	world.create_error = -ELIBACC;
	assert_unpacked(-ELIBACC, UINT64_MAX, 0, false, false);
	call_log_expect("");
}

/* What is written counts, zeroes do not. */
static void there_is_so_much_room(void **state)
{
	static const struct {
		uint64_t room, size;
	} cases[] = {{0, 0},
		     {BLOCK - 1, 0},
		     {BLOCK, BLOCK},
		     {2 * BLOCK - 1, BLOCK},
		     {2 * BLOCK, 4 * BLOCK},
		     {2 * BLOCK + 199, 4 * BLOCK},
		     {2 * BLOCK + 200, 4 * BLOCK + 200}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		set_up(state);
		assert_unpacked(0, cases[i].room, cases[i].size, false,
				cases[i].size < 4 * BLOCK + 200);
	}
}

static void what_ends_too_early_is_cut(void **state)
{
	(void)state;
	world.end = 0;
	assert_unpacked(0, UINT64_MAX, world.size, true, false);
	set_up(state);
	world.damaged = BLOCK + 10;
	assert_unpacked(0, UINT64_MAX, BLOCK + 10, true, false);
	/* Nothing of it is a stream, or a core file. */
	set_up(state);
	world.size = 0;
	assert_unpacked(-EBADMSG, UINT64_MAX, 0, false, false);
	set_up(state);
	world.bytes[0] = 'x';
	assert_unpacked(-ENOEXEC, UINT64_MAX, 0, false, false);
	call_log_clear();
	/* What follows a whole stream is none of it. */
	set_up(state);
	world.end = 4 * BLOCK;
	assert_unpacked(0, UINT64_MAX, 4 * BLOCK, false, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(zeroes_are_left_out, set_up),
		cmocka_unit_test_setup(pieces_are_put_together, set_up),
		cmocka_unit_test_setup(writing_continues_where_it_stopped, set_up),
		cmocka_unit_test_setup(a_full_disk_ends_it_before_that_block, set_up),
		cmocka_unit_test_setup(other_errors_are_told, set_up),
		cmocka_unit_test_setup(there_is_so_much_room, set_up),
		cmocka_unit_test_setup(what_ends_too_early_is_cut, set_up),
	};

	return cmocka_run_group_tests_name("unpack_calls", tests, NULL, NULL);
}
