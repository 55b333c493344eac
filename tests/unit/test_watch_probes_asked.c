/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>

#include "app/options.h"
#include "app/watch_probes.h"
#include "call_log.h"
#include "ui/ui.h"

/* That each of what is asked beside the screen has its turn; these say that they had it. */

static struct watch_probes probes;
static struct ui ui;

/* What all of them have, and that what is given is theirs. */
#define PART(name, seen)                                                        \
	void watch_##name##_finish(struct watch_##name *part)                   \
	{                                                                       \
		assert_ptr_equal(part, &probes.name);                           \
		call_log_say("finish " #name);                                  \
	}                                                                       \
	void watch_##name##_look(struct watch_##name *part, seen struct ui *of) \
	{                                                                       \
		assert_ptr_equal(part, &probes.name);                           \
		assert_ptr_equal(of, &ui);                                      \
		call_log_say(#name " looks");                                   \
	}                                                                       \
	void watch_##name##_take(struct watch_##name *part, struct ui *of)      \
	{                                                                       \
		assert_ptr_equal(part, &probes.name);                           \
		assert_ptr_equal(of, &ui);                                      \
		call_log_say(#name " takes");                                   \
	}

#define DESCRIPTOR(name, function, number)            \
	int function(const struct watch_##name *part) \
	{                                             \
		assert_ptr_equal(part, &probes.name); \
		return number;                        \
	}

PART(go_to, const)
PART(bytes, const)
PART(search, const)
PART(inside, const)
PART(heap, )
PART(growth, )
PART(findings, const)
PART(comparison, const)
PART(history, )

DESCRIPTOR(go_to, watch_go_to_file_descriptor, 100)
DESCRIPTOR(go_to, watch_go_to_page_descriptor, 101)
DESCRIPTOR(bytes, watch_bytes_descriptor, 102)
DESCRIPTOR(search, watch_search_descriptor, 103)
DESCRIPTOR(inside, watch_inside_object_descriptor, 104)
DESCRIPTOR(inside, watch_inside_pages_descriptor, 105)
DESCRIPTOR(heap, watch_heap_descriptor, 106)
DESCRIPTOR(growth, watch_growth_descriptor, 107)
DESCRIPTOR(findings, watch_findings_descriptor, 108)
DESCRIPTOR(comparison, watch_comparison_descriptor, 109)
DESCRIPTOR(go_to, watch_go_to_place_descriptor, 110)
DESCRIPTOR(history, watch_history_descriptor, 111)

static void each_has_its_turn(void **state)
{
	(void)state;
	call_log_clear();
	watch_probes_look(&probes, &ui);
	call_log_expect("go_to looks\nbytes looks\nsearch looks\ninside looks\nheap looks\n"
			"growth looks\nfindings looks\ncomparison looks\nhistory looks\n");
	watch_probes_take(&probes, &ui);
	call_log_expect("go_to takes\nbytes takes\nsearch takes\ninside takes\nheap takes\n"
			"growth takes\nfindings takes\ncomparison takes\nhistory takes\n");
	watch_probes_finish(&probes);
	call_log_expect("finish go_to\nfinish bytes\nfinish search\nfinish inside\nfinish heap\n"
			"finish growth\nfinish findings\nfinish comparison\nfinish history\n");
}

static void each_has_its_descriptors(void **state)
{
	int descriptors[WATCH_PROBES];

	(void)state;
	watch_probes_descriptors(&probes, descriptors);
	for (int i = 0; i < WATCH_PROBES; i++)
		assert_int_equal(descriptors[i], 100 + i);
}

static void all_but_the_comparison_know_the_options(void **state)
{
	const struct options options = {.procfs = "/p"};

	(void)state;
	memset(&probes, 0x55, sizeof(probes));
	watch_probes_init(&probes, &options);
	assert_ptr_equal(probes.go_to.options, &options);
	assert_ptr_equal(probes.bytes.options, &options);
	assert_ptr_equal(probes.search.options, &options);
	assert_ptr_equal(probes.inside.options, &options);
	assert_ptr_equal(probes.heap.options, &options);
	assert_ptr_equal(probes.growth.options, &options);
	assert_ptr_equal(probes.findings.options, &options);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_has_its_turn),
		cmocka_unit_test(each_has_its_descriptors),
		cmocka_unit_test(all_but_the_comparison_know_the_options),
	};

	return cmocka_run_group_tests_name("watch_probes_asked", tests, NULL, NULL);
}
