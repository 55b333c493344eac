/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What is asked about a mapping, and what is made of replies: ioctl(2) is the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include "kernel/procmap_query.h"

#define MAPS 4711 /* no descriptor */

/* The kernel's struct procmap_query. */
struct asked {
	uint64_t size, query_flags, query_address, start, end, flags, page_size, offset, inode;
	uint32_t dev_major, dev_minor, name_size, build_id_size;
	uint64_t name_address, build_id_address;
};

/* How the kernel replies, and what it was asked. */
static struct {
	int error;
	struct asked asked, reply;
} kernel;

int ioctl(int descriptor, unsigned long request, ...)
{
	struct asked *asked;
	va_list arguments;

	va_start(arguments, request);
	asked = va_arg(arguments, struct asked *);
	va_end(arguments);
	errno = kernel.error;
	if (descriptor != MAPS || request != _IOWR('f', 17, struct asked)) {
		errno = ENOTTY;
		return -1;
	}
	kernel.asked = *asked;
	if (kernel.error)
		return -1;
	if (asked->build_id_address)
		memcpy((void *)(uintptr_t)asked->build_id_address, "\1\2\3", 3);
	*asked = kernel.reply;
	return 0;
}

static void reply_with(uint64_t start, uint64_t end)
{
	memset(&kernel, 0, sizeof(kernel));
	kernel.reply = (struct asked){.start = start,
				      .end = end,
				      .flags = PROCMAP_SHARED,
				      .page_size = 8192,
				      .inode = 12,
				      .dev_major = 34,
				      .dev_minor = 56,
				      .build_id_size = 3};
}

static void assert_asked(uint64_t address, uint64_t flags, uint32_t build_id_size)
{
	assert_int_equal(kernel.asked.size, 104);
	assert_int_equal(kernel.asked.query_address, address);
	assert_int_equal(kernel.asked.query_flags, flags);
	assert_int_equal(kernel.asked.name_size, 0);
	assert_int_equal(kernel.asked.build_id_size, build_id_size);
	assert_int_equal(kernel.asked.build_id_address != 0, build_id_size != 0);
}

static void a_mapping_is_asked_for_by_its_address(void **state)
{
	struct procmap map;

	(void)state;
	reply_with(0x1000, 0x3000);
	assert_int_equal(procmap_query(MAPS, 0x2fff, &map), 0);
	assert_asked(0x2fff, 0, 0);
	assert_int_equal(map.start, 0x1000);
	assert_int_equal(map.end, 0x3000);
	assert_int_equal(map.flags, PROCMAP_SHARED);
	assert_int_equal(map.page_size, 8192);
	assert_int_equal(map.inode, 12);
	/* Or the next one above it, of some sort. */
	assert_int_equal(procmap_query_next(MAPS, 0x500, PROCMAP_EXECUTABLE, &map), 0);
	assert_asked(0x500, 0x10 | PROCMAP_EXECUTABLE, 0);
}

/* What does not contain the address is no answer. */
static void nonsense_is_no_answer(void **state)
{
	struct procmap map = {.start = 77};

	(void)state;
	reply_with(0x1000, 0x3000);
	assert_int_equal(procmap_query(MAPS, 0x500, &map), -EBADMSG);
	assert_int_equal(procmap_query(MAPS, 0x3000, &map), -EBADMSG);
	assert_int_equal(procmap_query_next(MAPS, 0x3000, 0, &map), -EBADMSG);
	reply_with(0x3000, 0x1000);
	assert_int_equal(procmap_query(MAPS, 0x2000, &map), -EBADMSG);
	assert_int_equal(procmap_query_next(MAPS, 0x500, 0, &map), -EBADMSG);
	kernel.error = ESRCH;
	assert_int_equal(procmap_query(MAPS, 0x2000, &map), -ESRCH);
	assert_int_equal(procmap_query_next(MAPS, 0x2000, 0, &map), -ESRCH);
	assert_int_equal(map.start, 77);
}

static void the_file_of_a_mapping_has_numbers(void **state)
{
	struct procmap_file file = {.numbers = {.inode = 77}};

	(void)state;
	reply_with(0x1000, 0x3000);
	kernel.error = ENOTTY;
	assert_int_equal(procmap_query_file(MAPS, 0x1000, &file), -ENOTTY);
	assert_int_equal(file.numbers.inode, 77);
	kernel.error = 0;
	assert_int_equal(procmap_query_file(MAPS, 0x1000, &file), 0);
	assert_asked(0x1000, 0, BUILD_ID_MAX);
	assert_int_equal(file.numbers.inode, 12);
	assert_int_equal(file.numbers.dev_major, 34);
	assert_int_equal(file.numbers.dev_minor, 56);
	assert_int_equal(file.build_id.size, 3);
	assert_memory_equal(file.build_id.bytes, "\1\2\3", 3);
	/* As long as there is room for, and no longer. */
	kernel.reply.build_id_size = BUILD_ID_MAX;
	assert_int_equal(procmap_query_file(MAPS, 0x1000, &file), 0);
	assert_int_equal(file.build_id.size, BUILD_ID_MAX);
	kernel.reply.build_id_size = BUILD_ID_MAX + 1;
	assert_int_equal(procmap_query_file(MAPS, 0x1000, &file), 0);
	assert_int_equal(file.build_id.size, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mapping_is_asked_for_by_its_address),
		cmocka_unit_test(nonsense_is_no_answer),
		cmocka_unit_test(the_file_of_a_mapping_has_numbers),
	};

	return cmocka_run_group_tests_name("procmap_query_replies", tests, NULL, NULL);
}
