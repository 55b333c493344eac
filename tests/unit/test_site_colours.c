/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "inside/call_sites.h"
#include "sample_sites.h"
#include "ui/site_colours.h"

#define MANY 12

/* Sites of functions "a", "b" and so on in that order, the first with the most bytes. */
static struct call_sites *sites_of(const char *functions, uint64_t first)
{
	struct frame_store *store = frame_store_create();
	struct call_sites *sites = call_sites_create(store);

	sites->sites = memory_alloc(MANY * sizeof(*sites->sites));
	for (size_t i = 0; functions[i]; i++) {
		const char name[] = {functions[i], '\0'};
		const struct code_frame frame = {.module = "/bin/x", .function = name};

		sites->sites[sites->site_count++] = (struct call_site){
			.frame = frame_store_keep(store, &frame, 1), .bytes = first - i};
	}
	frame_store_unref(store);
	return sites;
}

/* Sites of these frames, all as heavy. */
static struct call_sites *sites_of_frames(const struct code_frame *frames, size_t count)
{
	struct frame_store *store = frame_store_create();
	struct call_sites *sites = call_sites_create(store);

	sites->sites = memory_alloc(MANY * sizeof(*sites->sites));
	for (size_t i = 0; i < count; i++)
		sites->sites[sites->site_count++] = (struct call_site){
			.frame = frame_store_keep(store, &frames[i], 1), .bytes = 100};
	frame_store_unref(store);
	return sites;
}

static void renew(struct site_colours *colours, const char *functions, uint64_t first)
{
	struct call_sites *sites = sites_of(functions, first);

	site_colours_renew(colours, sites);
	call_sites_unref(sites);
}

/* Which sites the colours have, as letters in the order of the slots; '-' for none. */
static void expect(const struct site_colours *colours, const char *functions, const char *expected)
{
	char letters[SITE_COLOURS + 1] = {0};

	for (int slot = 0; slot < SITE_COLOURS; slot++)
		letters[slot] =
			colours->slots[slot].site ? functions[colours->slots[slot].site - 1] : '-';
	assert_string_equal(letters, expected);
}

static void the_heaviest_have_a_colour(void **state)
{
	struct site_colours colours = {0};

	(void)state;
	renew(&colours, "abc", 1000);
	expect(&colours, "abc", "abc--");
	renew(&colours, "abcdefg", 1000);
	expect(&colours, "abcdefg", "abcde");
	site_colours_renew(&colours, NULL);
	expect(&colours, "", "-----");
}

static void colours_stay_when_sites_change_places(void **state)
{
	struct site_colours colours = {0};
	int slots[SITE_COLOURS];

	(void)state;
	renew(&colours, "abcdefg", 1000);
	renew(&colours, "bafgcde", 1000);
	expect(&colours, "bafgcde", "abcde");
	assert_int_equal(site_colours_sort(&colours, slots), 5);
	assert_int_equal(slots[0], 1);
	assert_int_equal(slots[1], 0);
	/* What is none of the heavier ones any more makes room. */
	renew(&colours, "bafghijklmnc", 1000);
	expect(&colours, "bafghijklmnc", "abfgh");
}

/* One that is by far heavier than a site with a colour gets its. */
static void a_new_heavy_site_is_seen(void **state)
{
	struct site_colours colours = {0};

	(void)state;
	renew(&colours, "abcde", 1000);
	renew(&colours, "xabcde", 6);
	expect(&colours, "xabcde", "abcdx");
}

static void a_range_has_the_colour_of_its_site(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct site_colours colours = {0};

	(void)state;
	assert_int_equal(site_colours_role(&colours, NULL, 0, 1), ROLE_UNCHANGED);
	assert_int_equal(site_colours_role(&colours, sites, 0x5000000, 0x5001000), ROLE_SITE_OTHER);
	site_colours_renew(&colours, sites);
	assert_int_equal(site_colours_role(&colours, sites, 0x5000000, 0x5001000), ROLE_SITE_A);
	assert_int_equal(site_colours_role(&colours, sites, 0x5001000, 0x5003000), ROLE_SITE_B);
	assert_int_equal(site_colours_role(&colours, sites, 0x5020000, 0x5030000), ROLE_UNCHANGED);
	call_sites_unref(sites);
}

/* Whether the two have different colours. */
static bool differ(const struct code_frame *a, const struct code_frame *b)
{
	const struct code_frame frames[] = {*a, *b};
	struct call_sites *sites = sites_of_frames(frames, 2);
	struct site_colours colours = {0};
	int slots[SITE_COLOURS], count;

	site_colours_renew(&colours, sites);
	count = site_colours_sort(&colours, slots);
	call_sites_unref(sites);
	return count == 2;
}

static void sites_are_told_apart_by_what_they_are(void **state)
{
	const struct code_frame f = {
		.module = "/bin/x", .function = "f", .offset = 1, .file = "a.c", .line = 1};
	const struct code_frame code = {.module = "/bin/x", .offset = 1, .file = "a.c"};
	struct code_frame other = f;

	(void)state;
	other.offset = other.line = 2;
	assert_false(differ(&f, &other));
	other.module = "/bin/y";
	assert_true(differ(&f, &other));
	other = f;
	other.function = "g";
	assert_true(differ(&f, &other));
	other = f;
	other.file = "b.c";
	assert_true(differ(&f, &other));
	/* Without a function by the address. */
	assert_true(differ(&f, &code));
	other = code;
	other.file = NULL;
	assert_false(differ(&code, &other));
	other.offset = 2;
	assert_true(differ(&code, &other));
	other = code;
	other.module = "/bin/y";
	assert_true(differ(&code, &other));
}

/* What has a colour keeps it until another one is more than twice as heavy. */
static void twice_as_heavy_is_not_enough(void **state)
{
	struct site_colours colours = {0};

	(void)state;
	renew(&colours, "abcde", 1000);
	renew(&colours, "xabcde", 11);
	expect(&colours, "xabcde", "abcde");
	renew(&colours, "xabcde", 10);
	expect(&colours, "xabcde", "abcde");
	renew(&colours, "xabcde", 9);
	expect(&colours, "xabcde", "abcde");
	renew(&colours, "xabcde", 8);
	expect(&colours, "xabcde", "abcdx");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_heaviest_have_a_colour),
		cmocka_unit_test(colours_stay_when_sites_change_places),
		cmocka_unit_test(a_new_heavy_site_is_seen),
		cmocka_unit_test(a_range_has_the_colour_of_its_site),
		cmocka_unit_test(sites_are_told_apart_by_what_they_are),
		cmocka_unit_test(twice_as_heavy_is_not_enough),
	};

	return cmocka_run_group_tests_name("site_colours", tests, NULL, NULL);
}
