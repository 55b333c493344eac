/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fake_objects.h"

/* A library, generated code, memory of no file, and another library. */
static struct address_space *make_space(void)
{
	const struct target target = {.pid = 77, .page_size = 4096};
	const struct vma vmas[] = {
		{.start = 0x10000,
		 .end = 0x20000,
		 .offset = 0x1000,
		 .inode = 5,
		 .name = "/lib/a",
		 .perms = PERM_READ | PERM_EXEC},
		{.start = 0x30000,
		 .end = 0x40000,
		 .name = "",
		 .perms = PERM_READ | PERM_EXEC,
		 .kind = KIND_JIT},
		{.start = 0x50000, .end = 0x60000, .name = "", .perms = PERM_READ},
		{.start = 0x70000,
		 .end = 0x80000,
		 .inode = 6,
		 .name = "/lib/b",
		 .perms = PERM_READ | PERM_EXEC},
	};
	struct address_space *space;

	assert_int_equal(address_space_create(&target, vmas, 4, 0, 0, &space), 0);
	return space;
}

static struct code_namer *namer;
static struct code_frame frames[8];

static void learn_all(const uint64_t *addresses, size_t count, bool hurry)
{
	struct address_space *space = make_space();

	code_namer_learn(namer, space, addresses, count, hurry);
	address_space_destroy(space);
}

/* The frames of an address that is learned. */
static size_t learn(uint64_t address)
{
	learn_all(&address, 1, false);
	return code_namer_frames(namer, address, frames, 8);
}

static void assert_string(const char *string, const char *expected)
{
	if (expected)
		assert_string_equal(string, expected);
	else
		assert_null(string);
}

static void assert_frame(const struct code_frame *frame, const char *module, const char *function,
			 uint64_t offset)
{
	assert_string_equal(frame->module, module);
	assert_string(frame->function, function);
	assert_int_equal(frame->offset, offset);
}

static void add_record(uint32_t index, const char *function, const char *file, uint32_t line)
{
	code_line_append(&world.records, &(struct code_line){index, line, function, file});
}

static int set_up(void **state)
{
	static const struct procfs_options options = {.root = "/some/proc"};

	(void)state;
	memset(&world, 0, sizeof(world));
	world.symbol = "function";
	world.lines_error = -ENODATA;
	namer = code_namer_create(&options);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	code_namer_destroy(namer);
	text_finish(&world.records);
	return 0;
}

static void symbols_are_names(void **state)
{
	(void)state;
	assert_int_equal(learn(0x11010), 1);
	assert_frame(&frames[0], "/lib/a", "function", 0x10);
	assert_int_equal(frames[0].address, 0x11010);
	assert_int_equal(frames[0].class, CODE_OWN);
	assert_null(frames[0].file);
	assert_false(frames[0].inlined);
	/* Beside it there is an address in the file. */
	learn(0x11100);
	assert_frame(&frames[0], "/lib/a", NULL, 0x2100);
	world.not_loaded = true;
	learn(0x71010);
	assert_frame(&frames[0], "/lib/b", NULL, 0x1010);
	learn(0x11020);
	assert_frame(&frames[0], "/lib/a", NULL, 0x2020);
	world.not_loaded = false;
	world.no_object = true;
	learn(0x11030);
	assert_frame(&frames[0], "/lib/a", NULL, 0x2030);
	world.inside_error = -ENOENT;
	learn(0x50123);
	assert_frame(&frames[0], "", NULL, 0x50123);
	/* What is not mapped was never learned. */
	assert_int_equal(learn(0x90000), 1);
	assert_frame(&frames[0], "", NULL, 0x90000);
	assert_int_equal(frames[0].class, CODE_OWN);
}

static void generated_code_has_names_of_its_runtime(void **state)
{
	(void)state;
	world.symbol = "py::parse:/srv/app.py";
	learn(0x31010);
	assert_frame(&frames[0], "", "parse", 0x10);
	assert_string_equal(frames[0].file, "/srv/app.py");
	assert_int_equal(frames[0].class, CODE_GENERATED);
	assert_int_equal(world.lines_asked, 0);
	/* Of a file it is a name like any other. */
	learn(0x11010);
	assert_string_equal(frames[0].function, "py::parse:/srv/app.py");
	assert_null(frames[0].file);
	assert_int_equal(frames[0].class, CODE_OWN);
}

static void lines_say_more(void **state)
{
	(void)state;
	world.lines_error = 0;
	add_record(0, "inner", "/src/a.c", 12);
	add_record(0, "function", "/src/b.c", 34);
	assert_int_equal(learn(0x11010), 2);
	assert_int_equal(world.first, 0x2010);
	assert_frame(&frames[0], "/lib/a", "inner", 0x10);
	assert_string_equal(frames[0].file, "/src/a.c");
	assert_int_equal(frames[0].line, 12);
	assert_true(frames[0].inlined);
	assert_frame(&frames[1], "/lib/a", "function", 0x10);
	assert_string_equal(frames[1].file, "/src/b.c");
	assert_int_equal(frames[1].line, 34);
	assert_false(frames[1].inlined);
	/* With too little room the last one stays. */
	assert_int_equal(code_namer_frames(namer, 0x11010, frames, 1), 1);
	assert_string_equal(frames[0].function, "function");
	/* Of another address than what was asked about. */
	text_clear(&world.records);
	add_record(1, "inner", "/src/a.c", 12);
	assert_int_equal(learn(0x11020), 1);
	assert_frame(&frames[0], "/lib/a", "function", 0x20);
	/* What is not known stays so; a line of no file is none. */
	text_clear(&world.records);
	add_record(0, "inner", "", 12);
	add_record(0, "", "/src/b.c", 0);
	assert_int_equal(learn(0x11100), 2);
	assert_frame(&frames[0], "/lib/a", "inner", 0x2100);
	assert_null(frames[0].file);
	assert_int_equal(frames[0].line, 0);
	assert_frame(&frames[1], "/lib/a", NULL, 0x2100);
}

/* Records of several addresses follow each other; some have none. */
static void each_address_has_its_own_lines(void **state)
{
	const uint64_t addresses[] = {0x11010, 0x11020, 0x11030};
	struct code_frame two[2];

	(void)state;
	world.lines_error = 0;
	add_record(0, "function", "/src/a.c", 1);
	add_record(2, "inner", "/src/b.c", 2);
	add_record(2, "middle", "/src/c.c", 3);
	add_record(2, "function", "/src/d.c", 4);
	learn_all(addresses, 3, false);
	assert_int_equal(code_namer_frames(namer, 0x11010, frames, 8), 1);
	assert_int_equal(frames[0].line, 1);
	assert_int_equal(code_namer_frames(namer, 0x11020, frames, 8), 1);
	assert_int_equal(frames[0].line, 0);
	assert_null(frames[0].file);
	assert_int_equal(code_namer_frames(namer, 0x11030, frames, 3), 3);
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(frames[i].line, 2 + i);
		assert_int_equal(frames[i].inlined, i < 2);
	}
	/* The innermost ones, and what is really there. */
	assert_int_equal(code_namer_frames(namer, 0x11030, two, 2), 2);
	assert_int_equal(two[0].line, 2);
	assert_int_equal(two[1].line, 4);
}

static void lines_of_an_address_have_a_limit(void **state)
{
	static struct code_frame many[CODE_LINE_DEPTH_MAX + 2];

	(void)state;
	world.lines_error = 0;
	for (uint32_t i = 0; i < CODE_LINE_DEPTH_MAX + 1; i++)
		add_record(0, "f", "/src/a.c", 1 + i);
	learn(0x11010);
	assert_int_equal(code_namer_frames(namer, 0x11010, many, CODE_LINE_DEPTH_MAX + 2),
			 CODE_LINE_DEPTH_MAX);
	assert_int_equal(many[CODE_LINE_DEPTH_MAX - 1].line, CODE_LINE_DEPTH_MAX);
	assert_false(many[CODE_LINE_DEPTH_MAX - 1].inlined);
	assert_true(many[CODE_LINE_DEPTH_MAX - 2].inlined);
}

/* Of a copy that the compiler made the function is known by its lines, otherwise by its symbol. */
static void copies_have_the_name_of_their_function(void **state)
{
	static const struct {
		const char *symbol, *expected;
	} symbols[] = {
		{"f.constprop.0", "f"},
		{"f [clone .cold]", "f"},
		{"f", "f"},
		{"f [other]", "f [other]"},
		{"fg", "fg"},
		{"g.part.1", "g.part.1"},
	};

	(void)state;
	world.lines_error = 0;
	add_record(0, "f", "/src/a.c", 12);
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
		world.symbol = symbols[i].symbol;
		assert_int_equal(learn(0x11000 + i), 1);
		assert_string_equal(frames[0].function, symbols[i].expected);
		assert_int_equal(frames[0].line, 12);
		assert_false(frames[0].inlined);
	}
}

static void what_is_known_is_not_asked_about(void **state)
{
	const uint64_t addresses[] = {0x11030, 0x71010, 0x11010, 0x11030, 0x90000, 0x11020};

	(void)state;
	world.lines_error = -ETIMEDOUT;
	learn_all(addresses, 6, false);
	assert_int_equal(world.inside_asked, 2);
	assert_int_equal(world.lines_asked, 2);
	assert_int_equal(world.counts[0], 3);
	assert_int_equal(world.counts[1], 1);
	learn_all(addresses, 6, false);
	assert_int_equal(world.inside_asked, 2);
	learn(0x11040);
	assert_int_equal(world.inside_asked, 3);
	assert_int_equal(world.counts[2], 1);
	learn_all(NULL, 0, false);
	assert_int_equal(world.inside_asked, 3);
}

/* Where there is no debug information it is looked for once; where a disk is slow, again. */
static void files_without_lines_are_remembered(void **state)
{
	(void)state;
	learn(0x11010);
	learn(0x11020);
	assert_int_equal(world.lines_asked, 1);
	learn(0x71010);
	learn(0x71020);
	learn(0x11030);
	assert_int_equal(world.lines_asked, 2);
	assert_int_equal(world.inside_asked, 5);
}

static void what_hangs_is_asked_again(void **state)
{
	(void)state;
	world.inside_error = -ETIMEDOUT;
	assert_int_equal(learn(0x11010), 1);
	assert_frame(&frames[0], "", NULL, 0x11010);
	assert_int_equal(world.lines_asked, 0);
	world.inside_error = 0;
	world.lines_error = -ETIMEDOUT;
	learn(0x11010);
	learn(0x11020);
	assert_frame(&frames[0], "/lib/a", "function", 0x20);
	assert_int_equal(world.lines_asked, 2);
}

/* A hundred times as long as reading it took. */
static void a_perf_map_is_read_now_and_then(void **state)
{
	const uint64_t address = 0x31010;

	(void)state;
	learn(address);
	assert_int_equal(world.inside_asked, 1);
	world.now += 1000 * MS - 1;
	learn(address);
	assert_int_equal(world.inside_asked, 1);
	world.now++;
	learn(address);
	assert_int_equal(world.inside_asked, 2);
	learn_all(&address, 1, true);
	assert_int_equal(world.inside_asked, 3);
	/* Files are another matter. */
	learn(0x11010);
	assert_int_equal(world.inside_asked, 4);
}

static void many_addresses_are_asked_about_in_parts(void **state)
{
	enum { COUNT = LINE_FINDER_ADDRESSES_MAX + 2 };
	static uint64_t addresses[COUNT];

	(void)state;
	for (uint64_t i = 0; i < COUNT; i++)
		addresses[i] = 0x11000 + i;
	world.lines_error = 0;
	add_record(1, "f", "/src/a.c", 12);
	learn_all(addresses, COUNT, false);
	assert_int_equal(world.lines_asked, 2);
	assert_int_equal(world.counts[0], LINE_FINDER_ADDRESSES_MAX);
	assert_int_equal(world.counts[1], 2);
	assert_int_equal(world.first, 0x2000 + LINE_FINDER_ADDRESSES_MAX);
	for (size_t i = 0; i < COUNT; i++) {
		code_namer_frames(namer, addresses[i], frames, 8);
		assert_int_equal(frames[0].line, i == 1 || i == COUNT - 1 ? 12 : 0);
	}
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(symbols_are_names),
		TEST(generated_code_has_names_of_its_runtime),
		TEST(lines_say_more),
		TEST(each_address_has_its_own_lines),
		TEST(lines_of_an_address_have_a_limit),
		TEST(copies_have_the_name_of_their_function),
		TEST(what_is_known_is_not_asked_about),
		TEST(files_without_lines_are_remembered),
		TEST(what_hangs_is_asked_again),
		TEST(a_perf_map_is_read_now_and_then),
		TEST(many_addresses_are_asked_about_in_parts),
	};

	return cmocka_run_group_tests_name("code_namer_asks", tests, NULL, NULL);
}
