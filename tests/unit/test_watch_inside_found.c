/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "app/options.h"
#include "app/watch_inside.h"
#include "files/inside_cache.h"
#include "files/inside_prober.h"
#include "inside/inside_object.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/range_prober.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/inside/inside_open.h"
#include "ui/inside/inside_pane.h"

#define TEXT     UINT64_C(0x55b5c3c6a000) /* of the program */
#define TEXT_END UINT64_C(0x55b5c3efb000)
#define HEAP     UINT64_C(0x55b5f7c8d000)

/* The probers of the test, in the place of files/inside_prober.c and residency/range_prober.c. */

struct inside_prober {
	struct inside_answer answer;
	bool has_answer;
	int asked;
	uint64_t start; /* of the mapping that was asked about last */
};

struct range_prober {
	struct range_answer answer;
	bool has_answer;
	int asked;
	struct range_question question; /* the last one */
};

static struct inside_prober object_prober;
static struct range_prober range_prober;
static int object_error, range_error;

int inside_prober_create(const struct procfs_options *options, struct inside_prober **ret_prober)
{
	assert_string_equal(options->root, "/nonexistent");
	if (object_error)
		return object_error;
	*ret_prober = &object_prober;
	return 0;
}

void inside_prober_destroy(struct inside_prober *prober)
{
	(void)prober;
}

void inside_prober_ask(struct inside_prober *prober, const struct address_space *space,
		       size_t index)
{
	prober->asked++;
	prober->start = space->vmas[index].start;
}

int inside_prober_descriptor(const struct inside_prober *prober)
{
	return prober == &object_prober ? 91 : -1;
}

bool inside_prober_take(struct inside_prober *prober, struct inside_answer *ret_answer)
{
	if (!prober->has_answer)
		return false;
	*ret_answer = prober->answer;
	prober->has_answer = false;
	return true;
}

int range_prober_create(const struct procfs_options *options, struct range_prober **ret_prober)
{
	assert_string_equal(options->root, "/nonexistent");
	if (range_error)
		return range_error;
	*ret_prober = &range_prober;
	return 0;
}

void range_prober_destroy(struct range_prober *prober)
{
	(void)prober;
}

void range_prober_ask(struct range_prober *prober, const struct range_question *question)
{
	prober->asked++;
	prober->question = *question;
}

int range_prober_descriptor(const struct range_prober *prober)
{
	return prober == &range_prober ? 93 : -1;
}

bool range_prober_take(struct range_prober *prober, struct range_answer *ret_answer)
{
	if (!prober->has_answer)
		return false;
	*ret_answer = prober->answer;
	prober->has_answer = false;
	return true;
}

int range_prober_walk(const struct procfs_options *options, const struct range_place *place,
		      struct page_pieces *ret_pieces)
{
	(void)options, (void)place, (void)ret_pieces;
	return -EIO;
}

static const struct options options = {.procfs = "/nonexistent"};
static struct watch_inside watched;
static struct stage stage;

static int open_stage(void **state)
{
	(void)state;
	object_error = range_error = 0;
	object_prober = (struct inside_prober){.asked = 0};
	range_prober = (struct range_prober){.asked = 0};
	watched = (struct watch_inside){.options = &options};
	stage_open(&stage, sample_python(), 100, 40, true);
	return 0;
}

static int close_stage(void **state)
{
	(void)state;
	watch_inside_finish(&watched);
	assert_null(watched.object.prober);
	assert_null(watched.pages.prober);
	stage_close(&stage);
	return 0;
}

/* Goes into what is mapped there, and looks. */
static void go_into(uint64_t address)
{
	inside_open_at(&stage.ui, address);
	ui_layout(&stage.ui);
	watch_inside_look(&watched, &stage.ui);
}

static const struct inside *inside(void)
{
	return &((struct inside_pane *)stage_pane(&stage, &inside_pane))->inside;
}

static void answer_object(struct inside_answer answer)
{
	object_prober.answer = answer;
	object_prober.has_answer = true;
	watch_inside_take(&watched, &stage.ui);
	assert_false(object_prober.has_answer);
}

static void a_mapping_is_asked_about_once_a_snapshot(void **state)
{
	(void)state;
	watch_inside_look(&watched, &stage.ui);
	assert_int_equal(watch_inside_object_descriptor(&watched), -1);
	go_into(TEXT);
	assert_int_equal(watch_inside_object_descriptor(&watched), 91);
	assert_int_equal(object_prober.asked, 1);
	assert_int_equal(object_prober.start, TEXT);
	watch_inside_look(&watched, &stage.ui);
	assert_int_equal(object_prober.asked, 1);
	/* It is asked still. */
	stage_add(&stage, sample_python(), 1);
	watch_inside_look(&watched, &stage.ui);
	assert_int_equal(object_prober.asked, 1);
	/* An answer about another mapping: this one is asked about again, with the next snapshot.
	 */
	answer_object((struct inside_answer){.start = HEAP, .end = HEAP + 4096, .error = -ENOENT});
	watch_inside_look(&watched, &stage.ui);
	assert_int_equal(object_prober.asked, 2);
	answer_object((struct inside_answer){.start = HEAP, .end = HEAP + 4096, .error = -ENOENT});
	watch_inside_look(&watched, &stage.ui);
	assert_int_equal(object_prober.asked, 2);
	stage_add(&stage, sample_python(), 2);
	watch_inside_look(&watched, &stage.ui);
	assert_int_equal(object_prober.asked, 3);
	answer_object((struct inside_answer){.start = TEXT, .end = TEXT_END, .error = -ENOENT});
	assert_true(inside()->told);
	stage_add(&stage, sample_python(), 3);
	watch_inside_look(&watched, &stage.ui);
	assert_int_equal(object_prober.asked, 3);
	assert_int_equal(watched.object.start, 0);
}

/* What is said where an answer is that. */
static void check_why(struct inside_answer answer, const char *why)
{
	answer.start = TEXT;
	answer.end = TEXT_END;
	go_into(TEXT);
	answer_object(answer);
	assert_true(inside()->told);
	if (why)
		assert_string_equal(inside()->why, why);
	else
		assert_null(inside()->why);
	stage_press(&stage, (const uint32_t[]){KEY_BACK, KEY_BACK, 0});
}

static void why_nothing_is_known_of_a_file_is_said(void **state)
{
	(void)state;
	check_why((struct inside_answer){.error = -ENOENT}, NULL);
	check_why((struct inside_answer){.error = -ENOEXEC}, NULL);
	check_why((struct inside_answer){.error = -EACCES},
		  "The file may not be read by this user.");
	check_why((struct inside_answer){.error = -EPERM},
		  "The file may not be read by this user.");
	check_why((struct inside_answer){.error = -ETIMEDOUT}, "The file system does not answer.");
	check_why((struct inside_answer){.error = -EIO},
		  "Reading the file failed: its sections are not known.");
	check_why((struct inside_answer){.error = 0},
		  "The file is mapped, but not as loading it would: what its sections are here is "
		  "not known.");
	check_why((struct inside_answer){.error = 0, .loaded = true}, NULL);
}

static void pages_are_asked_about_as_they_are_seen(void **state)
{
	const struct range_place *place = &range_prober.question.place;

	(void)state;
	watch_inside_look(&watched, &stage.ui);
	assert_int_equal(watch_inside_pages_descriptor(&watched), -1);
	go_into(HEAP);
	assert_int_equal(watch_inside_pages_descriptor(&watched), 93);
	assert_int_equal(range_prober.asked, 1);
	assert_int_equal(place->pid, 20712);
	assert_int_equal(place->start, HEAP);
	assert_int_equal(place->end, UINT64_C(0x55b5f7e87000));
	assert_int_equal(place->page_size, 4096);
	assert_true(place->anonymous);
	assert_true(range_prober.question.time_ns == stage.session.now->time_ns);
	watch_inside_look(&watched, &stage.ui);
	assert_int_equal(range_prober.asked, 1);
	stage_add(&stage, sample_python(), 1);
	watch_inside_look(&watched, &stage.ui);
	assert_int_equal(range_prober.asked, 2);
	/* One that is not at its end continues. */
	range_prober.answer = (struct range_answer){.place = *place, .more = true};
	range_prober.has_answer = true;
	ui_take_request(&stage.ui);
	watch_inside_take(&watched, &stage.ui);
	assert_int_equal(ui_take_request(&stage.ui).news, PANE_NEWS_USAGE);
	watch_inside_look(&watched, &stage.ui);
	assert_int_equal(range_prober.asked, 3);
	range_prober.answer = (struct range_answer){.place = *place, .error = -EACCES};
	range_prober.has_answer = true;
	watch_inside_take(&watched, &stage.ui);
	assert_int_equal(inside()->pieces_error, -EACCES);
	watch_inside_look(&watched, &stage.ui);
	assert_int_equal(range_prober.asked, 3);
	/* What is not seen any more is not taken. */
	ui_take_request(&stage.ui);
	range_prober.answer = (struct range_answer){.place = *place};
	range_prober.answer.place.end += 4096;
	range_prober.has_answer = true;
	watch_inside_take(&watched, &stage.ui);
	range_prober.answer.place.end -= 4096;
	range_prober.answer.place.start += 4096;
	range_prober.has_answer = true;
	watch_inside_take(&watched, &stage.ui);
	assert_int_equal(ui_take_request(&stage.ui).news, 0);
	assert_int_equal(inside()->pieces_error, -EACCES);
}

static void without_threads_nothing_is_asked(void **state)
{
	(void)state;
	object_error = range_error = -EAGAIN;
	go_into(TEXT);
	assert_int_equal(object_prober.asked, 0);
	assert_int_equal(range_prober.asked, 0);
	assert_int_equal(watch_inside_object_descriptor(&watched), -1);
	assert_int_equal(watch_inside_pages_descriptor(&watched), -1);
	watch_inside_take(&watched, &stage.ui);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_mapping_is_asked_about_once_a_snapshot,
						open_stage, close_stage),
		cmocka_unit_test_setup_teardown(why_nothing_is_known_of_a_file_is_said, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(pages_are_asked_about_as_they_are_seen, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(without_threads_nothing_is_asked, open_stage,
						close_stage),
	};

	return cmocka_run_group_tests_name("watch_inside_found", tests, NULL, NULL);
}
