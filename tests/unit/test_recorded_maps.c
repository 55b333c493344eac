/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "procfs/maps_parser.h"
#include "sampler/recorded_maps.h"
#include "sampler/source.h"

#define CODE  "1000-3000 r-xp 00001000 fe:01 12                         /bin/a b\n"
#define DATA  "3000-4000 rw-p 00003000 fe:01 12                         /bin/a b\n"
#define STACK "7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0          [stack]\n"
#define LAST  "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0  [vsyscall]\n"
#define WHOLE CODE DATA STACK LAST

static void check_whole(const struct maps_parser *parser)
{
	static const struct {
		uint64_t start;
		const char *name;
	} mappings[] = {{0x1000, "/bin/a b"},
			{0x3000, "/bin/a b"},
			{0x7ffc00000000, "[stack]"},
			{0xffffffffff600000, "[vsyscall]"}};

	assert_int_equal(parser->count, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_true(parser->vmas[i].start == mappings[i].start);
		assert_string_equal(parser->vmas[i].name, mappings[i].name);
	}
	assert_int_equal(parser->vmas[0].perms, PERM_READ | PERM_EXEC);
	assert_int_equal(parser->vmas[0].offset, 0x1000);
	assert_int_equal(parser->vmas[0].inode, 12);
	assert_int_equal(parser->vmas[0].dev_major, 0xfe);
}

static int parse(struct maps_parser *parser, const char *text, struct source_damage *ret_damage)
{
	return recorded_maps_parse(parser, text, strlen(text), ret_damage);
}

/* Nothing of it is lost, whatever it came through. */
static void what_other_tools_make_of_it_is_the_same(void **state)
{
	static const char *const texts[] = {
		WHOLE,
		/* without the last newline, as $(cat maps) gives it */
		CODE DATA STACK
		"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0  [vsyscall]",
		/* DOS */
		"1000-3000 r-xp 00001000 fe:01 12 /bin/a b\r\n"
		"3000-4000 rw-p 00003000 fe:01 12 /bin/a b\r\n"
		"7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0 [stack]\r\n"
		"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]\r\n",
		/* empty lines, blanks, tabs, a byte order mark */
		"\xef\xbb\xbf" CODE "\n" DATA " \t\n" STACK LAST "\n",
		"    " CODE "    " DATA "\t" STACK "    " LAST,
		"1000-3000\tr-xp\t00001000\tfe:01\t12\t/bin/a b\n3000-4000  rw-p  3000  fe:01  12  "
		"/bin/a b\n" STACK LAST,
		/* sorted by another order */
		LAST STACK DATA CODE,
		STACK CODE LAST DATA,
		/* smaps */
		CODE "Size:  8 kB\nRss:  4 kB\nVmFlags: rd ex\n" DATA "Size: 4 kB\n" STACK LAST
		     "THPeligible:    0\n",
	};
	struct source_damage damage;
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		damage.cut = true;
		assert_int_equal(parse(&parser, texts[i], &damage), 0);
		check_whole(&parser);
		assert_false(damage.cut);
		assert_int_equal(damage.skipped, 0);
	}
	maps_parser_finish(&parser);
}

/* As the kernel's own list, which goes back by less than a mapping. */
static void a_torn_list_is_not_taken_for_one_that_is_not_sorted(void **state)
{
	struct source_damage damage;
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(parse(&parser,
			       "1000-3000 rw-p 0 00:00 0\n2000-5000 r--p 0 00:00 0\n"
			       "1000-6000 r-xp 0 00:00 0\n",
			       &damage),
			 0);
	assert_int_equal(parser.count, 3);
	assert_true(parser.vmas[2].start == 0x5000 && parser.vmas[2].end == 0x6000);
	maps_parser_finish(&parser);
}

static void what_is_no_mapping_is_counted(void **state)
{
	static const struct {
		const char *text;
		size_t mappings;
		uint64_t skipped, first;
		bool cut;
	} cases[] = {
		{CODE "---- snip ----\n" STACK, 2, 1, 2, false},
		{"address perms offset dev inode name\n" CODE "0-0 r--p 0 0:0 0\n", 1, 2, 1, false},
		{CODE "3000-4000 rw-p 0000", 1, 0, 0, true},
		{CODE "3000", 1, 0, 0, true},
		{CODE "3000-4000 rw-p 00003000 fe:01 12   /bin/a", 2, 0, 0, true},
		{"x\n" CODE STACK "Rss:     8", 2, 1, 1, true},
	};
	struct source_damage damage;
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(parse(&parser, cases[i].text, &damage), 0);
		assert_int_equal(parser.count, cases[i].mappings);
		assert_int_equal(damage.skipped, cases[i].skipped);
		assert_int_equal(damage.first_skipped, cases[i].first);
		assert_int_equal(damage.cut, cases[i].cut);
	}
	maps_parser_finish(&parser);
}

static void what_holds_no_mapping_is_refused(void **state)
{
	static const char *const texts[] = {"\n",    "no maps\n",    "Rss: 4 kB\n",
					    "1000-", "\xef\xbb\xbf", "\r\n\r\n"};
	struct source_damage damage = {.skipped = 7};
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(parse(&parser, "", &damage), -ENODATA);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(parse(&parser, texts[i], &damage), -EBADMSG);
	assert_int_equal(recorded_maps_parse(&parser, "\0\0\n\0", 4, &damage), -EBADMSG);
	assert_int_equal(damage.skipped, 7);
	maps_parser_finish(&parser);
}

/* Up to each of its bytes: every mapping of which the five fields are there is there. */
static void a_list_cut_anywhere_holds_what_is_there(void **state)
{
	struct source_damage damage;
	struct maps_parser parser;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (size_t length = 1; length <= strlen(WHOLE); length++) {
		int error = recorded_maps_parse(&parser, WHOLE, length, &damage);
		size_t lines = 0;

		for (size_t i = 0; i < length; i++)
			lines += WHOLE[i] == '\n';
		assert_true(error == 0 || (error == -EBADMSG && lines == 0));
		if (error)
			continue;
		assert_true(parser.count == lines || parser.count == lines + 1);
		assert_int_equal(damage.cut,
				 WHOLE[length - 1] != '\n' && length != strlen(WHOLE) - 1);
		assert_int_equal(damage.skipped, 0);
	}
	maps_parser_finish(&parser);
}

/* A folder with the two files; NULL: there is none, "-": it is a folder. */
struct files {
	const char *maps, *smaps;
};

static void put(const char *folder, const char *name, const char *text)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (!text)
		return;
	if (!strcmp(text, "-")) {
		assert_int_equal(mkdir(path, 0700), 0);
		return;
	}
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	fclose(file);
}

static void take(const char *folder, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_true(!remove(path) || errno == ENOENT);
}

static void smaps_stands_in_for_maps(void **state)
{
	static const struct {
		struct files files;
		int error;
		const char *file;
		size_t mappings;
	} cases[] = {
		{{WHOLE, NULL}, 0, "maps", 4},        {{WHOLE, "-"}, 0, "maps", 4},
		{{NULL, WHOLE}, 0, "smaps", 4},       {{"", WHOLE}, 0, "smaps", 4},
		{{"-", WHOLE}, 0, "smaps", 4},        {{"x\n", WHOLE}, 0, "smaps", 4},
		{{CODE "3", WHOLE}, 0, "smaps", 4},   {{CODE "3", NULL}, 0, "maps", 1},
		{{CODE "3", ""}, 0, "maps", 1},       {{CODE "3", STACK "7"}, 0, "maps", 1},
		{{"", CODE DATA "3"}, 0, "smaps", 2}, {{NULL, NULL}, -ENOENT, NULL, 0},
		{{"", NULL}, -ENODATA, NULL, 0},      {{"", "x\n"}, -ENODATA, NULL, 0},
		{{"x\n", ""}, -EBADMSG, NULL, 0},     {{NULL, ""}, -ENODATA, NULL, 0},
		{{"-", NULL}, -EISDIR, NULL, 0},
	};
	char folder[] = "/tmp/vastop-test-XXXXXX";
	struct maps_parser parser;
	int directory;

	(void)state;
	assert_non_null(mkdtemp(folder));
	directory = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	maps_parser_init(&parser, (struct hash_key){{0}});
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct source_damage damage = {0};

		put(folder, "maps", cases[i].files.maps);
		put(folder, "smaps", cases[i].files.smaps);
		assert_int_equal(recorded_maps_read(&parser, directory, &damage), cases[i].error);
		if (!cases[i].error) {
			assert_string_equal(damage.file, cases[i].file);
			assert_int_equal(parser.count, cases[i].mappings);
		}
		take(folder, "maps");
		take(folder, "smaps");
	}
	maps_parser_finish(&parser);
	close(directory);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_other_tools_make_of_it_is_the_same),
		cmocka_unit_test(a_torn_list_is_not_taken_for_one_that_is_not_sorted),
		cmocka_unit_test(what_is_no_mapping_is_counted),
		cmocka_unit_test(what_holds_no_mapping_is_refused),
		cmocka_unit_test(a_list_cut_anywhere_holds_what_is_there),
		cmocka_unit_test(smaps_stands_in_for_maps),
	};

	return cmocka_run_group_tests_name("recorded_maps", tests, NULL, NULL);
}
