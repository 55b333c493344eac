/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <time.h>

#include "app/options.h"
#include "app/watch_findings.h"
#include "base/memory.h"
#include "files/check_probe.h"
#include "files/check_prober.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/checked_file.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/findings_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define SECOND_NS INT64_C(1000000000)

/* The prober of the test, in the place of files/check_prober.c. */

struct check_prober {
	struct check_answer answer;
	bool has_answer;
	int asked;
	int64_t time_ns; /* of the snapshot that was asked about last */
};

static struct check_prober prober;
static int create_error;

int check_prober_create(const struct procfs_options *options, struct check_prober **ret_prober)
{
	assert_string_equal(options->root, "/nonexistent");
	if (create_error)
		return create_error;
	*ret_prober = &prober;
	return 0;
}

void check_prober_destroy(struct check_prober *destroyed)
{
	(void)destroyed;
}

void check_prober_ask(struct check_prober *asked, const struct address_space *space)
{
	asked->asked++;
	asked->time_ns = space->time_ns;
}

int check_prober_descriptor(const struct check_prober *described)
{
	return described == &prober ? 101 : -1;
}

bool check_prober_take(struct check_prober *taken, struct check_answer *ret_answer)
{
	if (!taken->has_answer)
		return false;
	*ret_answer = taken->answer;
	taken->has_answer = false;
	return true;
}

static const struct options options = {.procfs = "/nonexistent"};
static struct watch_findings findings;
static struct stage stage;

static int open_stage(void **state)
{
	(void)state;
	create_error = 0;
	prober = (struct check_prober){.asked = 0};
	findings = (struct watch_findings){.options = &options};
	stage_open(&stage, sample_python(), 80, 24, true);
	return 0;
}

static int close_stage(void **state)
{
	(void)state;
	watch_findings_finish(&findings);
	assert_null(findings.prober);
	stage_close(&stage);
	return 0;
}

static void look(void)
{
	watch_findings_look(&findings, &stage.ui);
}

static void open_pane(void)
{
	stage_press(&stage, KEYS('!'));
	look();
}

static void come(int seconds)
{
	stage_add(&stage, sample_python(), seconds);
	look();
}

/* Of two files one was not found, and of the other is known what it is. */
static void answer(int32_t pid)
{
	struct checked_files files = {
		.files = memory_alloc(2 * sizeof(*files.files)), .count = 2, .capacity = 2};

	files.files[0] = (struct checked_file){
		.name = memory_copy_string("/a"), .start = 0x1000, .state = CHECKED_MISSING};
	files.files[1] = (struct checked_file){
		.name = memory_copy_string("/b"), .start = 0x2000, .state = CHECKED_READ};
	prober.answer = (struct check_answer){.pid = pid, .facts = {.files = files}};
	prober.has_answer = true;
	watch_findings_take(&findings, &stage.ui);
	assert_false(prober.has_answer);
}

static const struct findings_pane *pane(void)
{
	return (const struct findings_pane *)stage_pane(&stage, &findings_pane);
}

static void files_are_looked_at_while_it_is_shown(void **state)
{
	(void)state;
	look();
	watch_findings_take(&findings, &stage.ui);
	assert_int_equal(watch_findings_descriptor(&findings), -1);
	open_pane();
	assert_int_equal(watch_findings_descriptor(&findings), 101);
	assert_int_equal(prober.asked, 1);
	assert_true(prober.time_ns == stage.session.now->time_ns);
	/* Until there is an answer it is not asked again. */
	come(1);
	assert_int_equal(prober.asked, 1);
	assert_false(pane()->known);
	answer(20712);
	assert_true(pane()->known);
	assert_int_equal(pane()->files.count, 2);
	assert_int_equal(pane()->files.files[0].state, CHECKED_MISSING);
	assert_int_equal(pane()->files.files[1].state, CHECKED_READ);
	look();
	assert_int_equal(prober.asked, 1);
	findings.earliest_ns = clock_ns(CLOCK_MONOTONIC);
	look();
	assert_int_equal(prober.asked, 2);
	answer(20712);
	/* It is the same snapshot. */
	findings.earliest_ns = 0;
	look();
	assert_int_equal(prober.asked, 2);
	/* Who opens the pane again does not wait. */
	findings.earliest_ns = clock_ns(CLOCK_MONOTONIC) + 60 * SECOND_NS;
	stage_press(&stage, KEYS('!'));
	look();
	assert_int_equal(prober.asked, 2);
	open_pane();
	assert_int_equal(prober.asked, 3);
}

/* Five seconds are between two looks, or fifty times what one took. */
static void looks_have_their_share_of_time(void **state)
{
	int64_t before;

	(void)state;
	open_pane();
	findings.asked_ns = clock_ns(CLOCK_MONOTONIC);
	before = clock_ns(CLOCK_MONOTONIC);
	answer(20712);
	assert_true(findings.earliest_ns >= before + 5 * SECOND_NS);
	assert_true(findings.earliest_ns <= clock_ns(CLOCK_MONOTONIC) + 50 * SECOND_NS);
	come(1);
	assert_int_equal(prober.asked, 1);
	findings.earliest_ns = 0;
	look();
	assert_int_equal(prober.asked, 2);
	before = clock_ns(CLOCK_MONOTONIC);
	findings.asked_ns = before - 100 * SECOND_NS;
	answer(20712);
	assert_true(findings.earliest_ns >= before + 4900 * SECOND_NS);
	assert_true(findings.earliest_ns <= before + 5000 * SECOND_NS);
}

static void what_is_of_another_process_is_dropped(void **state)
{
	(void)state;
	open_pane();
	answer(20713);
	assert_false(pane()->known);
	assert_false(findings.asking);
}

static void of_a_recording_no_file_is_missed(void **state)
{
	(void)state;
	stage.ui.host.replay = true;
	open_pane();
	answer(20712);
	assert_int_equal(pane()->files.files[0].state, CHECKED_NOT_KEPT);
	assert_int_equal(pane()->files.files[1].state, CHECKED_READ);
}

static void without_a_thread_nothing_is_asked(void **state)
{
	(void)state;
	create_error = -EAGAIN;
	open_pane();
	assert_int_equal(prober.asked, 0);
	assert_false(findings.asking);
	create_error = 0;
	look();
	assert_int_equal(prober.asked, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(files_are_looked_at_while_it_is_shown, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(looks_have_their_share_of_time, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(what_is_of_another_process_is_dropped, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(of_a_recording_no_file_is_missed, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(without_a_thread_nothing_is_asked, open_stage,
						close_stage),
	};

	return cmocka_run_group_tests_name("watch_findings_asked", tests, NULL, NULL);
}
