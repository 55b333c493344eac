/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "maps_space.h"
#include "model/address_space.h"
#include "model/place.h"
#include "support/sample.h"
#include "ui/text/place_words.h"

static void check_in(struct address_space *space, const char *expression, const char *expected)
{
	struct place_mistake mistake;
	struct text text = {0};
	uint64_t address;

	assert_int_not_equal(place_find(space, expression, strlen(expression), &address, &mistake),
			     0);
	place_words_append(&text, space, expression, &mistake);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	address_space_destroy(space);
}

static void check(const char *expression, const char *expected)
{
	check_in(sample_python(), expression, expected);
}

static void each_mistake_is_a_sentence(void **state)
{
	(void)state;
	check("", "Expected an address or a name: 7f12a000, heap+0x100, libc.");
	check("heap+", "Expected a number or a name at column 6.");
	check("heap 1", "Expected + or - before '1'.");
	check("12xyz", "Not a number: '12xyz'.");
	check("heap+1f", "Write hexadecimal numbers with 0x: '1f'.");
	check("0-1", "Out of range: addresses lie between 0 and 2^64.");
	check("1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1", "Too long: at most 16 numbers and names.");
	check("stack:1", "'stack:1' is not mapped in this process, or its place is unknown.");
}

static void names_are_suggested(void **state)
{
	(void)state;
	check("hepa+1", "Unknown name: 'hepa'; did you mean heap?");
	/* Files by their short names and by those that they have. */
	check("libz", "Unknown name: 'libz'; did you mean libm?");
	check("libm.so.5", "Unknown name: 'libm.so.5'; did you mean libm.so.6?");
	check("labc", "Unknown name: 'labc'; did you mean libc?");
	check("zzzzzz", "Unknown name: 'zzzzzz'; use a file name, a kind, heap or stack (symbols "
			"are not known).");
}

/* Names that are neither a file's nor the kernel's cannot be written: they are no suggestion. */
static void other_names_are_not_suggested(void **state)
{
	(void)state;
	check_in(maps_space_create(NULL, "1000-2000 rw-p 0 00:00 0 zzzzzzy\n"), "zzzzzzz",
		 "Unknown name: 'zzzzzzz'; use a file name, a kind, heap or stack (symbols are "
		 "not known).");
	check_in(maps_space_create(NULL, "1000-2000 rw-p 0 00:00 0 [zzzzzzy]\n"), "zzzzzzz",
		 "Unknown name: 'zzzzzzz'; did you mean [zzzzzzy]?");
	check_in(maps_space_create(NULL, "1000-2000 rw-p 0 00:00 0 /zzzzzzy\n"), "zzzzzzz",
		 "Unknown name: 'zzzzzzz'; did you mean zzzzzzy?");
}

static void what_could_be_meant_is_listed(void **state)
{
	(void)state;
	check("heap+lib", "'lib' is ambiguous: libm.so.6, libc.so.6?");
}

static void files_of_one_name_go_by_their_addresses(void **state)
{
	struct address_space *space = sample_python();
	struct place_mistake mistake = {.fault = PLACE_NAME_SEVERAL,
					.length = 1,
					.meant = {&space->vmas[0], &space->vmas[1]},
					.meant_count = 2,
					.meant_more = true};
	struct text text = {0};

	(void)state;
	place_words_append(&text, space, "p", &mistake);
	assert_string_equal(text_string(&text),
			    "'p' is ambiguous: python3.11 at 55b5c3c00000, python3.11 at "
			    "55b5c3c6a000 or others?");
	text_finish(&text);
	address_space_destroy(space);
}

static void say(const struct place_mistake *mistake, const char *expression, const char *expected)
{
	struct address_space *space = sample_python();
	struct text text = {0};

	place_words_append(&text, space, expression, mistake);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	address_space_destroy(space);
}

static void symbols_are_spoken_of_where_they_are_known(void **state)
{
	struct address_space *space = sample_python();
	const struct vma *libc = &space->vmas[address_space_find(space, 0x7f83aa53e000)];
	struct place_mistake mistake = {.fault = PLACE_NAME, .length = 6, .symbols = true};

	(void)state;
	say(&mistake, "zzzzzz",
	    "Unknown name: 'zzzzzz'; use a symbol, a file name, a kind, heap or stack.");
	mistake = (struct place_mistake){
		.fault = PLACE_SYMBOL, .length = 8, .meant = {libc}, .meant_count = 1};
	say(&mistake, "libc:zzz", "No such symbol: 'libc:zzz' in libc.so.6.");
	mistake.fault = PLACE_SYMBOL_SEVERAL;
	say(&mistake, "libc:zzz", "'libc:zzz' is several symbols of libc.so.6.");
	address_space_destroy(space);
}

static void what_was_typed_is_escaped_and_cut(void **state)
{
	(void)state;
	check_in(sample_hostile(), "a\033[2Jb",
		 "Unknown name: 'a\\x1b[2Jb'; use a file "
		 "name, a kind, heap or stack (symbols are not known).");
	check("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
	      "Unknown name: 'zzzzzzzzzzzzzzzzzzzzzzzz...'; use a file name, a kind, heap or "
	      "stack (symbols are not known).");
}

/* Two of three have one name: where they are is said of all, at whatever place the like one is. */
static void any_that_is_like_the_first_has_an_address(void **state)
{
	struct address_space *space = sample_python();
	const struct vma *python = &space->vmas[0], *more = &space->vmas[1];
	const struct vma *heap = &space->vmas[address_space_find(space, 0x55b5f7c8d000)];
	struct place_mistake mistake = {.fault = PLACE_NAME_SEVERAL,
					.length = 1,
					.meant = {python, more, heap},
					.meant_count = 3};

	(void)state;
	say(&mistake, "p",
	    "'p' is ambiguous: python3.11 at 55b5c3c00000, python3.11 at 55b5c3c6a000, [heap] at "
	    "55b5f7c8d000?");
	mistake.meant[1] = heap;
	mistake.meant[2] = more;
	say(&mistake, "p",
	    "'p' is ambiguous: python3.11 at 55b5c3c00000, [heap] at 55b5f7c8d000, python3.11 at "
	    "55b5c3c6a000?");
	mistake.meant_count = 2;
	say(&mistake, "p", "'p' is ambiguous: python3.11, [heap]?");
	mistake.meant_count = 1;
	say(&mistake, "p", "'p' is ambiguous: python3.11?");
	address_space_destroy(space);
}

/* Each fault says its part in words of its own, to the column. */
static void parts_are_cut_behind_a_word(void **state)
{
	(void)state;
	say(&(struct place_mistake){.fault = PLACE_SIGN, .offset = 1, .length = 24},
	    "xabcdefghijklmnopqrstuvwxyz", "Expected + or - before 'abcdefghijklmnopqrstuvwx'.");
	say(&(struct place_mistake){.fault = PLACE_SIGN, .offset = 1, .length = 25},
	    "xabcdefghijklmnopqrstuvwxyz", "Expected + or - before 'abcdefghijklmnopqrstuvwx...'.");
	say(&(struct place_mistake){.fault = PLACE_TERM, .offset = 0}, "x",
	    "Expected a number or a name at column 1.");
	say(&(struct place_mistake){.fault = PLACE_NAME_ABSENT, .offset = 2, .length = 3}, "xyabc",
	    "'abc' is not mapped in this process, or its place is unknown.");
	/* What the kernel names is suggested, too. */
	check("vvarr", "Unknown name: 'vvarr'; did you mean [vvar]?");
	check("[vdos]", "Unknown name: '[vdos]'; did you mean [vdso]?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_mistake_is_a_sentence),
		cmocka_unit_test(names_are_suggested),
		cmocka_unit_test(other_names_are_not_suggested),
		cmocka_unit_test(what_could_be_meant_is_listed),
		cmocka_unit_test(files_of_one_name_go_by_their_addresses),
		cmocka_unit_test(symbols_are_spoken_of_where_they_are_known),
		cmocka_unit_test(what_was_typed_is_escaped_and_cut),
		cmocka_unit_test(any_that_is_like_the_first_has_an_address),
		cmocka_unit_test(parts_are_cut_behind_a_word),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("place_words", tests, NULL, NULL);
}
