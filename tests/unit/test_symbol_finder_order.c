/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Which object's symbol is meant: what objects have is the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "files/inside_cache.h"
#include "files/symbol_finder.h"
#include "inside/inside_object.h"
#include "model/address_space.h"
#include "model/place_symbol.h"

enum { OBJECTS = 9 };

/* The places: what they are, and the symbol that each has, at 0x10. NULL: none. */
static struct {
	const char *symbol;
	uint8_t reach, owner;
	bool unloaded, is_code;
} objects[OBJECTS];

static char asked[32]; /* the places that were looked into, in order */

/* Each is loaded at its place times 0x1000. */
void inside_cache_find(struct inside_cache *cache, const struct address_space *space, size_t index,
		       struct inside_answer *ret_answer)
{
	struct inside_parts parts = {.source = INSIDE_SOURCE_SYMTAB};
	const char *symbol = objects[index].symbol;
	size_t length = strlen(asked);

	(void)cache, (void)space;
	assert_true(length + 1 < sizeof(asked));
	asked[length] = (char)('0' + index);
	*ret_answer = (struct inside_answer){.loaded = !objects[index].unloaded,
					     .bias = 0x1000 * (index + 1)};
	if (!symbol)
		return;
	parts.strings_size = strlen(symbol) + 1;
	parts.strings = memory_alloc(parts.strings_size);
	strcpy(parts.strings, symbol);
	parts.names = memory_alloc(sizeof(*parts.names));
	parts.names[0] = (struct inside_name){.address = 0x10,
					      .size = 8,
					      .limit = 0x100,
					      .name = parts.strings,
					      .shown = parts.strings,
					      .reach = objects[index].reach};
	parts.name_count = 1;
	ret_answer->object = inside_object_create(&parts);
}

void inside_answer_finish(struct inside_answer *answer)
{
	inside_object_unref(answer->object);
	answer->object = NULL;
}

static struct address_space *space;

static int find(const char *name, bool beginning, size_t object, struct place_name *ret_name)
{
	const struct target target = {.pid = 77, .page_size = 4096};
	static const char *const names[] = {"/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8"};
	const struct place_symbols symbols = symbol_finder_make(NULL);
	struct place_symbol wanted = {.name = name, .length = strlen(name), .beginning = beginning};
	struct vma vmas[OBJECTS];

	for (size_t i = 0; i < OBJECTS; i++)
		vmas[i] = (struct vma){.start = 0x1000 * (i + 1),
				       .end = 0x1000 * (i + 2),
				       .name = objects[i].is_code ? "" : names[i],
				       .inode = objects[i].is_code ? 0 : i + 10,
				       .kind = objects[i].is_code ? KIND_JIT : KIND_TEXT,
				       .kind_source = KIND_SOURCE_ELF,
				       .owner = objects[i].owner};
	address_space_destroy(space);
	assert_int_equal(address_space_create(&target, vmas, OBJECTS, 0, 0, &space), 0);
	memset(asked, 0, sizeof(asked));
	*ret_name = (struct place_name){.address = 7};
	wanted.object = object < OBJECTS ? &space->vmas[object] : NULL;
	return symbols.find(NULL, space, &wanted, ret_name);
}

static int set_up(void **state)
{
	(void)state;
	memset(objects, 0, sizeof(objects));
	for (int i = 0; i < OBJECTS; i++)
		objects[i].owner = OWNER_OTHER;
	objects[4].owner = OWNER_PROGRAM;
	objects[2].owner = objects[6].owner = OWNER_LIBRARY;
	objects[7].is_code = objects[8].is_code = true;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	address_space_destroy(space);
	space = NULL;
	return 0;
}

static void assert_found(const char *name, int place, const char *order)
{
	struct place_name found;

	assert_int_equal(find(name, false, OBJECTS, &found), place < 0 ? -ENOENT : 0);
	assert_string_equal(asked, order);
	if (place < 0) {
		assert_int_equal(found.address, 7);
		return;
	}
	assert_true(found.symbol);
	assert_int_equal(found.address, 0x1000 * (place + 1) + 0x10);
	assert_int_equal(found.meant_count, 0);
}

/* The program first, then libraries, then others, and generated code at last. */
static void the_program_comes_first(void **state)
{
	(void)state;
	assert_found("name", -1, "42601357");
	objects[7].symbol = "name";
	assert_found("name", 7, "42601357");
	objects[5].symbol = "name";
	assert_found("name", 5, "4260135");
	objects[6].symbol = "name";
	assert_found("name", 6, "426");
	objects[4].symbol = "name";
	assert_found("name", 4, "4");
	objects[4].unloaded = true;
	assert_found("name", 6, "426");
	/* Only the first piece of generated code is asked about, as all have one map. */
	objects[5].symbol = objects[6].symbol = objects[7].symbol = NULL;
	objects[8].symbol = "name";
	assert_found("name", -1, "42601357");
}

static void an_object_can_be_named(void **state)
{
	struct place_name found;

	(void)state;
	objects[4].symbol = objects[5].symbol = "name";
	assert_int_equal(find("name", false, 5, &found), 0);
	assert_string_equal(asked, "5");
	assert_int_equal(found.address, 0x6010);
	assert_int_equal(find("name", false, 6, &found), -ENOENT);
	assert_string_equal(asked, "6");
}

/* What other objects may refer to is better; weak or not is all the same. */
static void the_best_reach_counts(void **state)
{
	struct place_name found;

	(void)state;
	objects[2].symbol = objects[6].symbol = "name";
	objects[2].reach = INSIDE_LOCAL;
	objects[6].reach = INSIDE_OLD_VERSION;
	assert_found("name", 6, "426");
	objects[2].reach = INSIDE_GLOBAL;
	assert_found("name", 2, "426");
	objects[6].reach = INSIDE_WEAK;
	assert_int_equal(find("name", false, OBJECTS, &found), -ENOTUNIQ);
	assert_int_equal(found.meant_count, 2);
	assert_ptr_equal(found.meant[0], &space->vmas[2]);
	assert_ptr_equal(found.meant[1], &space->vmas[6]);
	assert_false(found.meant_more);
	assert_int_equal(found.address, 0x3010);
	/* Of beginnings none is better than another. */
	objects[6].reach = INSIDE_LOCAL;
	assert_int_equal(find("nam", true, OBJECTS, &found), -ENOTUNIQ);
	assert_int_equal(found.meant_count, 2);
}

static void no_more_than_four_are_told(void **state)
{
	struct place_name found;

	(void)state;
	for (int count = 4; count < 6; count++) {
		for (int i = 0; i < 7; i++) {
			objects[i].owner = OWNER_LIBRARY;
			objects[i].symbol = i < count ? "name" : NULL;
		}
		assert_int_equal(find("name", false, OBJECTS, &found), -ENOTUNIQ);
		assert_int_equal(found.meant_count, PLACE_MEANT_MAX);
		assert_int_equal(found.meant_more, count > 4);
	}
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_program_comes_first),
		TEST(an_object_can_be_named),
		TEST(the_best_reach_counts),
		TEST(no_more_than_four_are_told),
	};

	return cmocka_run_group_tests_name("symbol_finder_order", tests, NULL, NULL);
}
