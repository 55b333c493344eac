/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "app/options.h"
#include "app/replay_link.h"
#include "app/watch_scan.h"
#include "base/memory.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "model/residency.h"
#include "recorder_script.h"
#include "residency/scan_thread.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/told.h"

/* The scan thread of the test, in the place of residency/scan_thread.c. */

struct scan_thread {
	struct scan next; /* that waits, where there is one */
	bool has_next;
};

#define HEAP       UINT64_C(0x55b5f7c8d000)
#define HEAP_END   UINT64_C(0x55b5f7e87000)
#define HEAP_BYTES (HEAP_END - HEAP)

static struct scan_thread thread;
static int thread_error;

int scan_thread_create(const struct procfs_options *options, int32_t pid, double budget,
		       struct scan_thread **ret_thread)
{
	text_append_format(&asked, "create %s %d %g\n", options->root, (int)pid, budget);
	if (thread_error)
		return thread_error;
	thread = (struct scan_thread){.has_next = false};
	*ret_thread = &thread;
	return 0;
}

void scan_thread_destroy(struct scan_thread *destroyed)
{
	text_append_format(&asked, "destroy %d\n", destroyed == &thread);
}

void scan_thread_look_at(struct scan_thread *given, const struct address_space *space,
			 uint64_t visible_start, uint64_t visible_end)
{
	(void)given;
	text_append_format(&asked, "look at %d %" PRIx64 "-%" PRIx64 "\n", (int)space->target.pid,
			   visible_start, visible_end);
}

void scan_thread_read_smaps(struct scan_thread *given)
{
	text_append_format(&asked, "smaps %d\n", given == &thread);
}

uint64_t scan_thread_smaps_estimate(const struct scan_thread *given)
{
	return given == &thread ? 123 : 0;
}

int scan_thread_descriptor(const struct scan_thread *described)
{
	return described == &thread ? 83 : -1;
}

bool scan_thread_take(struct scan_thread *taken, struct scan *ret_scan)
{
	if (!taken->has_next)
		return false;
	*ret_scan = taken->next;
	taken->has_next = false;
	return true;
}

static const struct options options = {.procfs = "/nonexistent", .budget = 0.5};
static struct watch_scan scan;
static struct stage stage;

static int open_stage(void **state)
{
	(void)state;
	thread_error = 0;
	text_clear(&asked);
	stage_open(&stage, sample_python(), 80, 24, true);
	ui_take_request(&stage.ui);
	return 0;
}

static int close_stage(void **state)
{
	(void)state;
	stage_close(&stage);
	watch_scan_finish(&scan);
	scan = (struct watch_scan){.held_share = NAN};
	return 0;
}

static void start(void)
{
	watch_scan_start(&scan, &options, stage.session.now);
	text_clear(&asked);
}

/* So many bytes of the heap are resident, from its start. */
static struct residency *resident(uint64_t bytes)
{
	struct residency_run *run = memory_alloc(sizeof(*run));

	*run = (struct residency_run){HEAP, HEAP + bytes, RUN_RESIDENT};
	return residency_create(run, 1, RESIDENCY_PAGEMAP, 1, 0);
}

/* The thread has found that. */
static void find(struct scan found)
{
	thread.next = found;
	thread.has_next = true;
	watch_scan_take(&scan, &stage.ui);
	assert_false(thread.has_next);
}

static uint64_t heap_rss(void)
{
	return scan.table.by_kind[KIND_HEAP].rss;
}

static void check_begin(uint64_t vmas, uint64_t rss, const char *expected)
{
	struct address_space *space = sample_large((size_t)vmas);
	struct watch_scan own;

	space->target.pid = 7;
	space->target.rss = rss;
	assert_int_equal(space->vma_count, vmas);
	watch_scan_start(&own, &options, space);
	assert_ptr_equal(own.thread, &thread);
	assert_int_equal(watch_scan_descriptor(&own), 83);
	assert_true(isnan(own.held_share));
	watch_scan_finish(&own);
	address_space_destroy(space);
	check_asked(expected);
}

#define CREATED   "create /nonexistent 7 0.5\n"
#define LOOKED    "look at 7 0-0\n"
#define DESTROYED "destroy 1\n"

static void small_processes_are_scanned_at_once(void **state)
{
	const uint64_t most = UINT64_C(256) << 20;

	(void)state;
	check_begin(1000, most, CREATED LOOKED DESTROYED);
	check_begin(1001, most, CREATED DESTROYED);
	check_begin(1000, most + 1, CREATED DESTROYED);
	check_begin(1000, TARGET_UNKNOWN, CREATED DESTROYED);
}

static void without_a_thread_nothing_is_asked(void **state)
{
	struct options core = options;

	(void)state;
	thread_error = -EAGAIN;
	watch_scan_start(&scan, &options, stage.session.now);
	check_asked("create /nonexistent 20712 0.5\n");
	assert_null(scan.thread);
	core.core = "core";
	watch_scan_start(&scan, &core, stage.session.now);
	assert_null(scan.thread);
	assert_true(isnan(scan.held_share));
	watch_scan_look(&scan, &stage.ui);
	watch_scan_read_smaps(&scan);
	check_asked("");
}

static void the_thread_looks_at_what_is_new_on_the_screen(void **state)
{
	struct address_space *next = sample_python();

	(void)state;
	start();
	watch_scan_look(&scan, &stage.ui);
	check_asked("look at 20712 0-ffffffffff601000\n");
	watch_scan_look(&scan, &stage.ui);
	check_asked("");
	stage_add(&stage, next, 1);
	watch_scan_look(&scan, &stage.ui);
	check_asked("look at 20712 0-ffffffffff601000\n");
	stage_press(&stage, (const uint32_t[]){'+', '+', 0});
	watch_scan_look(&scan, &stage.ui);
	assert_int_equal(strncmp(text_string(&asked), "look at 20712 ", 14), 0);
	text_clear(&asked);
	watch_scan_look(&scan, &stage.ui);
	check_asked("");
	watch_scan_read_smaps(&scan);
	check_asked("smaps 1\n");
}

static void what_was_found_is_on_the_screen(void **state)
{
	(void)state;
	start();
	watch_scan_take(&scan, &stage.ui);
	assert_null(stage.ui.shown.usage);
	find((struct scan){.residency = resident(8192), .held_share = 0.25});
	assert_ptr_equal(stage.ui.shown.usage, &scan.table);
	assert_ptr_equal(stage.ui.shown.residency, scan.residency);
	assert_int_equal(heap_rss(), 8192);
	assert_true(scan.held_share == 0.25);
	assert_false(scan.refused);
	assert_int_equal(stage.ui.host.smaps_ns, 123);
	/* The next one is in its place. */
	find((struct scan){.residency = resident(4096), .held_share = 0.5});
	assert_int_equal(heap_rss(), 4096);
	assert_true(scan.held_share == 0.5);
	/* An error takes nothing back. */
	find((struct scan){.error = -EIO, .held_share = 1});
	assert_int_equal(heap_rss(), 4096);
	assert_true(scan.held_share == 0.5);
	assert_false(scan.refused);
	assert_int_equal(stage.ui.host.smaps_ns, 123);
	find((struct scan){.error = -EACCES, .held_share = 1});
	assert_true(scan.refused);
	assert_int_equal(stage.ui.host.smaps_ns, 0);
	find((struct scan){.held_share = 0.125});
	assert_false(scan.refused);
	assert_true(scan.held_share == 0.125);
}

static struct usage_ranges *smaps_of(uint64_t pss)
{
	struct told told_heap = {HEAP, HEAP_END, usage_unknown()};

	told_heap.usage.pss = pss;
	return told_ranges(&told_heap, 1);
}

static void what_smaps_said_stays_until_it_says_more(void **state)
{
	struct usage_node *nodes = memory_alloc(2 * sizeof(*nodes));

	(void)state;
	start();
	find((struct scan){
		.smaps = smaps_of(12345), .smaps_ns = 77, .nodes = nodes, .node_count = 2});
	assert_int_equal(scan.table.by_kind[KIND_HEAP].pss, 12345);
	assert_true(scan.table.smaps_ns == 77);
	assert_ptr_equal(scan.table.nodes, nodes);
	assert_int_equal(scan.table.node_count, 2);
	find((struct scan){.residency = resident(4096)});
	assert_int_equal(scan.table.by_kind[KIND_HEAP].pss, 12345);
	assert_true(scan.table.smaps_ns == 77);
	assert_int_equal(scan.table.node_count, 2);
	assert_int_equal(heap_rss(), 4096);
	find((struct scan){.smaps = smaps_of(54321), .smaps_ns = 78});
	assert_int_equal(scan.table.by_kind[KIND_HEAP].pss, 54321);
	assert_true(scan.table.smaps_ns == 78);
	assert_null(scan.table.nodes);
	assert_int_equal(scan.table.node_count, 0);
}

static void a_new_snapshot_has_what_is_known(void **state)
{
	struct address_space *other = sample_python_grown(4096);

	(void)state;
	start();
	find((struct scan){.residency = resident(8192), .smaps = smaps_of(5), .smaps_ns = 7});
	/* Of the same list all of it stays. */
	stage_add(&stage, sample_python(), 1);
	assert_true(stage.session.same);
	stage.ui.host.smaps_ns = 1;
	watch_scan_apply(&scan, &stage.ui);
	assert_int_equal(stage.ui.host.smaps_ns, 1);
	stage_add(&stage, sample_python_grown(4096), 2);
	assert_false(stage.session.same);
	watch_scan_apply(&scan, &stage.ui);
	assert_int_equal(stage.ui.host.smaps_ns, 123);
	assert_ptr_equal(stage.ui.shown.usage, &scan.table);
	assert_int_equal(heap_rss(), 8192);
	assert_non_null(scan.smaps);
	/* Another program: it is not of that. */
	other->target.start_stack += 4096;
	stage_add(&stage, other, 3);
	assert_int_equal(stage.session.latest.changes[0].type, CHANGE_EXEC);
	/* Nor is what was found before the thread is given it. */
	thread.next = (struct scan){.residency = resident(4096), .error = -EACCES};
	thread.has_next = true;
	watch_scan_apply(&scan, &stage.ui);
	assert_false(thread.has_next);
	assert_true(scan.refused);
	watch_scan_take(&scan, &stage.ui);
	assert_null(scan.residency);
	assert_null(scan.smaps);
	assert_int_equal(scan.smaps_ns, 0);
	assert_int_equal(heap_rss(), TARGET_UNKNOWN);
}

static void what_becomes_known_is_recorded(void **state)
{
	(void)state;
	start();
	watch_scan_record(&scan);
	scan.recorder = &recorder;
	/* Nothing is known yet. */
	watch_scan_record(&scan);
	check_asked("");
	find((struct scan){.residency = resident(8192)});
	check_asked("usage 1 of 35\n");
	watch_scan_record(&scan);
	check_asked("usage 1 of 35\n");
	scan.recorder = NULL;
	find((struct scan){.residency = resident(4096)});
	check_asked("");
}

/* What the recording has of the newest sample. */
static void publish(struct replay_link *link, uint64_t bytes)
{
	struct kept_usage kept = {0};
	struct residency *residency = resident(bytes);
	struct usage_table table;

	usage_table_init(&table, stage.session.now, residency, NULL, 0);
	kept_usage_take(&kept, &table, residency);
	usage_table_finish(&table);
	residency_destroy(residency);
	replay_link_publish(link, 1, stage.session.now->time_ns, &kept);
}

static void a_recording_says_what_was_known(void **state)
{
	const struct replay_state begin = {.speed = 1};
	struct replay_link *link = replay_link_create(&begin);

	(void)state;
	watch_scan_replay(&scan, link);
	assert_true(isnan(scan.held_share));
	assert_int_equal(watch_scan_descriptor(&scan), -1);
	publish(link, 8192);
	scan.recorder = &recorder;
	watch_scan_take(&scan, &stage.ui);
	assert_ptr_equal(stage.ui.shown.usage, &scan.table);
	assert_ptr_equal(stage.ui.shown.residency, scan.residency);
	assert_int_equal(heap_rss(), 8192);
	assert_true(ui_take_request(&stage.ui).bits & UI_DRAW);
	check_asked("usage 1 of 35\n");
	assert_null(stage.ui.message.text);
	/* Of the next one nothing is known. */
	stage_add(&stage, sample_python_grown(4096), 1);
	replay_link_say(link, "Words.");
	watch_scan_apply(&scan, &stage.ui);
	assert_null(stage.ui.shown.usage);
	assert_null(scan.residency);
	assert_string_equal(stage.ui.message.text, "Words.");
	assert_true(ui_take_request(&stage.ui).bits & UI_DRAW);
	check_asked("");
	watch_scan_say(&scan, &stage.ui);
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	replay_link_say(link, "More.");
	watch_scan_say(&scan, &stage.ui);
	assert_string_equal(stage.ui.message.text, "More.");
	assert_int_equal(ui_take_request(&stage.ui).bits, UI_DRAW);
	replay_link_release(link);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_stage, close_stage)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(small_processes_are_scanned_at_once),
		TEST(without_a_thread_nothing_is_asked),
		TEST(the_thread_looks_at_what_is_new_on_the_screen),
		TEST(what_was_found_is_on_the_screen),
		TEST(what_smaps_said_stays_until_it_says_more),
		TEST(a_new_snapshot_has_what_is_known),
		TEST(what_becomes_known_is_recorded),
		TEST(a_recording_says_what_was_known),
	};
	int failed = cmocka_run_group_tests_name("watch_scan_found", tests, NULL, NULL);

	text_finish(&asked);
	return failed;
}
