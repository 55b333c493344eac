/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/proc_file.h"
#include "model/file_system.h"
#include "procfs/mountinfo_parser.h"

static const char recorded[] =
	"22 27 0:21 / /proc rw,relatime - proc proc rw\n"
	"24 27 0:6 / /dev rw,relatime shared:2 - devtmpfs devtmpfs rw,mode=755\n"
	"25 24 0:23 / /dev/shm rw shared:3 master:1 - tmpfs tmpfs rw,size=24684084k\n"
	"27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"
	"44 27 0:44 / /srv/a\\040b rw,relatime - hugetlbfs none rw,pagesize=2M\n"
	"45 27 0:23 /x /mnt/- rw - tmpfs tmpfs rw\n";

static enum file_system find(const struct mountinfo_parser *parser, uint32_t dev_major,
			     uint32_t dev_minor)
{
	const struct mounted_device *device = mountinfo_parser_find(parser, dev_major, dev_minor);

	return device ? (enum file_system)device->file_system : FILE_SYSTEM_COUNT;
}

static void check_recorded(const struct mountinfo_parser *parser)
{
	assert_int_equal(parser->count, 5);
	assert_int_equal(find(parser, 0, 21), FILE_SYSTEM_KERNEL);
	assert_int_equal(find(parser, 0, 6), FILE_SYSTEM_DEVICES);
	assert_int_equal(find(parser, 0, 23), FILE_SYSTEM_TMPFS);
	assert_int_equal(find(parser, 254, 0), FILE_SYSTEM_ORDINARY);
	assert_int_equal(find(parser, 0, 44), FILE_SYSTEM_HUGETLBFS);
	assert_int_equal(mountinfo_parser_find(parser, 0, 44)->huge_shift, 21);
	assert_int_equal(find(parser, 0, 1), FILE_SYSTEM_COUNT);
	assert_int_equal(find(parser, 255, 0), FILE_SYSTEM_COUNT);
}

static void a_list_becomes_devices(void **state)
{
	(void)state;
	for (size_t piece = 1; piece <= sizeof(recorded); piece = piece * 3 + 1) {
		struct mountinfo_parser parser = {0};
		size_t length = sizeof(recorded) - 1;

		for (size_t at = 0; at < length; at += piece)
			assert_int_equal(
				mountinfo_parser_feed(&parser, recorded + at,
						      piece < length - at ? piece : length - at),
				0);
		assert_int_equal(mountinfo_parser_end(&parser), 0);
		check_recorded(&parser);
		mountinfo_parser_finish(&parser);
	}
}

static void lines_that_are_not_understood_are_passed_over(void **state)
{
	static const char lines[] = "\n\n"
				    "1 2 0:x / / rw - tmpfs t rw\n"
				    "1 2 0: / / rw - tmpfs t rw\n"
				    "1 2 0:7 / / rw tmpfs t rw\n"
				    "1 2 0:7 / / rw -\n"
				    "1 2 4294967296:7 / / rw - tmpfs t rw\n"
				    "1 2 0:7\n"
				    " - - - - - - - -\n"
				    "1 2 0:8 / / rw - tmpfs";
	struct mountinfo_parser parser = {0};

	(void)state;
	assert_int_equal(mountinfo_parser_feed(&parser, lines, sizeof(lines) - 1), 0);
	assert_int_equal(mountinfo_parser_end(&parser), 0);
	assert_int_equal(parser.count, 1);
	assert_int_equal(find(&parser, 0, 8), FILE_SYSTEM_TMPFS);
	mountinfo_parser_finish(&parser);
}

static void numbers_of_devices_have_borders(void **state)
{
	static const struct {
		const char *device;
		bool good;
	} devices[] = {
		{"4294967295:4294967295", true},
		{"4294967296:0", false},
		{"0:4294967296", false},
		{"7:8x", false},
		{"7:8:", false},
		{"7", false},
		{":8", false},
		{"7.8", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++) {
		struct mountinfo_parser parser = {0};
		char line[128];

		snprintf(line, sizeof(line), "1 2 %s / / rw - tmpfs t rw\n", devices[i].device);
		assert_int_equal(mountinfo_parser_feed(&parser, line, strlen(line)), 0);
		assert_int_equal(mountinfo_parser_end(&parser), 0);
		assert_int_equal(parser.count, devices[i].good);
		if (devices[i].good)
			assert_int_equal(find(&parser, UINT32_MAX, UINT32_MAX), FILE_SYSTEM_TMPFS);
		mountinfo_parser_finish(&parser);
	}
}

/* By the larger number first; of one device that has two sorts the lower one counts. */
static void devices_are_in_order(void **state)
{
	static const char lines[] = "1 2 2:1 / / rw - tmpfs t rw\n"
				    "1 2 1:9 / / rw - ext4 t rw\n"
				    "1 2 1:10 / / rw - ext4 t rw\n"
				    "1 2 1:9 / / rw - proc t rw\n"
				    "1 2 1:9 / / rw - ext4 t rw\n";
	static const uint32_t expected[][2] = {{1, 9}, {1, 10}, {2, 1}};
	struct mountinfo_parser parser = {0};

	(void)state;
	assert_int_equal(mountinfo_parser_feed(&parser, lines, sizeof(lines) - 1), 0);
	assert_int_equal(mountinfo_parser_end(&parser), 0);
	assert_int_equal(parser.count, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(parser.devices[i].dev_major, expected[i][0]);
		assert_int_equal(parser.devices[i].dev_minor, expected[i][1]);
	}
	assert_int_equal(parser.devices[0].file_system, FILE_SYSTEM_ORDINARY < FILE_SYSTEM_KERNEL
								? FILE_SYSTEM_ORDINARY
								: FILE_SYSTEM_KERNEL);
	mountinfo_parser_finish(&parser);
}

static void the_size_of_huge_pages_is_a_power_of_two(void **state)
{
	static const struct {
		const char *rest;
		uint8_t huge_shift;
	} examples[] = {{"none rw,pagesize=1024M", 30},
			{"none rw,pagesize=2048K,size=4M", 21},
			{"none pagesize=64K", 16},
			{"pagesize=2M rw", 0},
			{"none rw,pagesize=3M", 0},
			{"none rw,pagesize=", 0},
			{"none rw,pagesize=0", 0},
			{"none rw,xpagesize=2M", 0},
			{"none pagesize=4", 2},
			{"none pagesize=1", 0},
			{"none a,b,pagesize=2M,c", 21},
			{"none rw,pagesize", 0},
			{"none pagesize", 0},
			{"none", 0},
			{"", 0},
			{"none rw,pagesize=99999999E", 0}};

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		struct mountinfo_parser parser = {0};
		char line[128];

		snprintf(line, sizeof(line), "1 2 0:9 / / rw - hugetlbfs %s\n", examples[i].rest);
		assert_int_equal(mountinfo_parser_feed(&parser, line, strlen(line)), 0);
		assert_int_equal(mountinfo_parser_end(&parser), 0);
		assert_int_equal(parser.count, 1);
		assert_int_equal(parser.devices[0].huge_shift, examples[i].huge_shift);
		mountinfo_parser_finish(&parser);
	}
}

static void a_line_without_an_end_is_refused(void **state)
{
	char *bytes = calloc(1, LINES_LONGEST + 1);
	struct mountinfo_parser parser = {0};

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'x', LINES_LONGEST + 1);
	assert_int_equal(mountinfo_parser_feed(&parser, bytes, LINES_LONGEST), 0);
	assert_int_equal(mountinfo_parser_feed(&parser, bytes, 1), -EBADMSG);
	mountinfo_parser_finish(&parser);
	free(bytes);
}

static int feed(void *context, const char *piece, size_t length)
{
	return mountinfo_parser_feed(context, piece, length);
}

static void the_kernels_own_list_is_read(void **state)
{
	struct mountinfo_parser parser = {0};

	(void)state;
	assert_int_equal(proc_file_feed(AT_FDCWD, "/proc/self/mountinfo", feed, &parser), 0);
	assert_int_equal(mountinfo_parser_end(&parser), 0);
	assert_true(parser.count > 0);
	mountinfo_parser_reset(&parser);
	assert_int_equal(parser.count, 0);
	mountinfo_parser_finish(&parser);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_becomes_devices),
		cmocka_unit_test(lines_that_are_not_understood_are_passed_over),
		cmocka_unit_test(numbers_of_devices_have_borders),
		cmocka_unit_test(devices_are_in_order),
		cmocka_unit_test(the_size_of_huge_pages_is_a_power_of_two),
		cmocka_unit_test(a_line_without_an_end_is_refused),
		cmocka_unit_test(the_kernels_own_list_is_read),
	};

	return cmocka_run_group_tests_name("mountinfo_parser", tests, NULL, NULL);
}
