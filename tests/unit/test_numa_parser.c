/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/usage.h"
#include "procfs/numa_parser.h"

/* As a machine of two nodes writes it. */
static const char text[] =
	"55d0c0a00000 default file=/usr/bin/x mapped=12 mapmax=2 N0=10 N1=2 kernelpagesize_kB=4\n"
	"55d0c1a00000 default heap anon=300 dirty=300 active=0 N1=300 kernelpagesize_kB=4\n"
	"7f0000000000 bind:0-1 anon=0\n"
	"7f0010000000 interleave:0-1 file=/anon_hugepage\\040(deleted) huge anon=3 dirty=3 N0=2 "
	"N1=1 kernelpagesize_kB=2048\n"
	"7ffc00000000 default stack anon=4 dirty=4 N0=4 kernelpagesize_kB=4";

static void check(const struct usage_node *node, uint64_t start, uint32_t number, uint64_t bytes)
{
	assert_int_equal(node->start, start);
	assert_int_equal(node->node, number);
	assert_int_equal(node->bytes, bytes);
}

static void pieces_of_any_size_give_the_nodes(void **state)
{
	(void)state;
	for (size_t piece = 1; piece < sizeof(text); piece++) {
		struct numa_parser parser = {0};
		struct usage_node *nodes;
		size_t count;

		for (size_t at = 0; at < strlen(text); at += piece) {
			size_t left = strlen(text) - at;

			assert_int_equal(
				numa_parser_feed(&parser, text + at, left < piece ? left : piece),
				0);
		}
		assert_int_equal(numa_parser_end(&parser), 0);
		nodes = numa_parser_take(&parser, &count);
		assert_int_equal(parser.count, 0);
		assert_int_equal(count, 6);
		check(&nodes[0], 0x55d0c0a00000, 0, 40960);
		check(&nodes[1], 0x55d0c0a00000, 1, 8192);
		check(&nodes[2], 0x55d0c1a00000, 1, 300 * 4096);
		check(&nodes[3], 0x7f0010000000, 0, 4 << 20);
		check(&nodes[4], 0x7f0010000000, 1, 2 << 20);
		check(&nodes[5], 0x7ffc00000000, 0, 16384);
		free(nodes);
		numa_parser_finish(&parser);
	}
}

/* What is odd tells nothing; what no kernel writes is refused. */
static void what_is_odd_is_left_out(void **state)
{
	static const struct {
		const char *text;
		int error;
		size_t count;
	} cases[] = {
		{"", 0, 0},
		{"1000 default N0=1\n", 0, 0},
		{"1000 default N0=1 kernelpagesize_kB=0\n", 0, 0},
		{"1000 default N0=1 kernelpagesize_kB=4k\n", 0, 0},
		{"1000 default N0=18446744073709551615 kernelpagesize_kB=4\n", 0, 0},
		{"1000 default N0=1 kernelpagesize_kB=18446744073709551615\n", 0, 0},
		{"1000 default N=1 N0= Nx=1 N0=1x N4294967296=1 kernelpagesize_kB=4\n", 0, 0},
		{"1000 default N1=1 N0=1 N1=5 kernelpagesize_kB=4\n", 0, 1},
		{"1000 x N0=1 kernelpagesize_kB=4\n1000 x N0=1 kernelpagesize_kB=4\n", 0, 1},
		{"2000 x N0=1 kernelpagesize_kB=4\n1000 x N0=1 kernelpagesize_kB=4\n", 0, 1},
		{"1000 x  N0=1  kernelpagesize_kB=4 \n", 0, 1},
		{"1000 default N4294967295=1 kernelpagesize_kB=4\n", 0, 1},
		{"1000 default N0=1 kernelpagesize_kB=18014398509481983\n", 0, 1},
		{"1000 default N0=1 kernelpagesize_kB=18014398509481984\n", 0, 0},
		{"1000 default N0=18014398509481983 kernelpagesize_kB=1\n", 0, 1},
		{"1000 default N0=18014398509481984 kernelpagesize_kB=1\n", 0, 0},
		{"1000 default N0=1 kernelpagesize_kB=4 kernelpagesize_kB=0\n", 0, 1},
		{"1000 default N0=1 kernelpagesize_kB=x kernelpagesize_kB=4\n", 0, 1},
		{"1000 default N0=1 kernelpagesize_kB=\n", 0, 0},
		{"1000 x N0=1 kernelpagesize_kB=4\n1001 x N0=1 kernelpagesize_kB=4\n", 0, 2},
		{"\n", -EBADMSG, 0},
		{"1000\n", -EBADMSG, 0},
		{"x default\n", -EBADMSG, 0},
		{"10000000000000000 default\n", -EBADMSG, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct numa_parser parser = {0};
		int error = numa_parser_feed(&parser, cases[i].text, strlen(cases[i].text));

		assert_int_equal(error, cases[i].error);
		if (!error)
			assert_int_equal(numa_parser_end(&parser), 0);
		assert_int_equal(parser.count, cases[i].count);
		numa_parser_finish(&parser);
	}
}

static void a_line_without_end_is_refused(void **state)
{
	struct numa_parser parser = {0};
	char piece[4096];
	int error = 0;

	(void)state;
	memset(piece, '1', sizeof(piece));
	for (size_t i = 0; i <= LINES_LONGEST / sizeof(piece) && !error; i++)
		error = numa_parser_feed(&parser, piece, sizeof(piece));
	assert_int_equal(error, -EBADMSG);
	numa_parser_finish(&parser);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_of_any_size_give_the_nodes),
		cmocka_unit_test(what_is_odd_is_left_out),
		cmocka_unit_test(a_line_without_end_is_refused),
	};

	return cmocka_run_group_tests_name("numa_parser", tests, NULL, NULL);
}
