/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <time.h>

#include "app/options.h"
#include "app/watch_go_to.h"
#include "files/file_prober.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/page_facts.h"
#include "residency/page_prober.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/go_to_pane.h"

#define SECOND_NS INT64_C(1000000000)
#define BUDGET_NS INT64_C(50000000) /* for smaps, where it is read */

/* The probers of the test, in the place of files/file_prober.c and residency/page_prober.c. */

struct file_prober {
	int asked;
	uint64_t start; /* of the mapping that was asked about last */
};

struct page_prober {
	struct page_answer answer;
	bool has_answer;
	int asked;
	struct page_question question; /* the last one */
};

static struct file_prober files;
static struct page_prober pages;
static int file_error, page_error;

int file_prober_create(const struct procfs_options *options, struct file_prober **ret_prober)
{
	assert_string_equal(options->root, "/nonexistent");
	if (file_error)
		return file_error;
	*ret_prober = &files;
	return 0;
}

void file_prober_destroy(struct file_prober *prober)
{
	(void)prober;
}

void file_prober_ask(struct file_prober *prober, int32_t pid, const struct vma *vma,
		     uint64_t page_size)
{
	assert_int_equal(pid, 20712);
	assert_int_equal(page_size, 4096);
	prober->asked++;
	prober->start = vma->start;
}

int file_prober_probe(const struct procfs_options *options, int32_t pid, const struct vma *vma,
		      uint64_t page_size, struct file_facts *ret_facts)
{
	(void)options, (void)pid, (void)vma, (void)page_size, (void)ret_facts;
	return -EIO;
}

int file_prober_descriptor(const struct file_prober *prober)
{
	return prober == &files ? 95 : -1;
}

bool file_prober_take(struct file_prober *prober, struct file_answer *ret_answer)
{
	(void)prober, (void)ret_answer;
	return false;
}

int page_prober_create(const struct procfs_options *options, struct page_prober **ret_prober)
{
	assert_string_equal(options->root, "/nonexistent");
	if (page_error)
		return page_error;
	*ret_prober = &pages;
	return 0;
}

void page_prober_destroy(struct page_prober *prober)
{
	(void)prober;
}

void page_prober_ask(struct page_prober *prober, const struct page_question *question)
{
	prober->asked++;
	prober->question = *question;
}

int page_prober_descriptor(const struct page_prober *prober)
{
	return prober == &pages ? 97 : -1;
}

bool page_prober_take(struct page_prober *prober, struct page_answer *ret_answer)
{
	if (!prober->has_answer)
		return false;
	*ret_answer = prober->answer;
	prober->has_answer = false;
	return true;
}

static const struct options options = {.procfs = "/nonexistent"};
static struct watch_go_to watched;
static struct stage stage;

static int open_stage(void **state)
{
	(void)state;
	file_error = page_error = 0;
	files = (struct file_prober){0};
	pages = (struct page_prober){0};
	watched = (struct watch_go_to){.options = &options};
	stage_open(&stage, sample_python(), 80, 24, true);
	return 0;
}

static int close_stage(void **state)
{
	(void)state;
	watch_go_to_finish(&watched);
	assert_null(watched.file.prober);
	assert_null(watched.page.prober);
	assert_null(watched.place.prober);
	stage_close(&stage);
	return 0;
}

/* Goes to the address of twelve digits, and looks. */
static void go_to(const char *address)
{
	uint32_t keys[20] = {'g', 'U' - '@'};
	size_t count = 2;

	for (; *address; address++)
		keys[count++] = (uint32_t)*address;
	keys[count] = KEY_RETURN;
	stage_press(&stage, keys);
	watch_go_to_look(&watched, &stage.ui);
}

static void come(int seconds, struct address_space *space)
{
	stage_add(&stage, space, seconds);
	watch_go_to_look(&watched, &stage.ui);
}

static void answer_page(uint64_t address, uint64_t flags)
{
	pages.answer = (struct page_answer){.address = address,
					    .time_ns = stage.session.now->time_ns,
					    .facts = page_facts_unknown()};
	pages.answer.facts.flags = flags;
	pages.answer.facts.state = PAGE_PRESENT;
	pages.has_answer = true;
	watch_go_to_take(&watched, &stage.ui);
	assert_false(pages.has_answer);
}

#define TEXT UINT64_C(0x55b5c3c6a000)

static void a_file_is_asked_about_once_a_snapshot(void **state)
{
	(void)state;
	watch_go_to_look(&watched, &stage.ui);
	assert_int_equal(watch_go_to_file_descriptor(&watched), -1);
	assert_int_equal(watch_go_to_page_descriptor(&watched), -1);
	assert_int_equal(watch_go_to_place_descriptor(&watched), -1);
	go_to("55b5c3c6a000");
	assert_int_equal(files.asked, 1);
	assert_int_equal(files.start, TEXT);
	assert_int_equal(watch_go_to_file_descriptor(&watched), 95);
	watch_go_to_look(&watched, &stage.ui);
	assert_int_equal(files.asked, 1);
	come(1, sample_python());
	assert_int_equal(files.asked, 2);
	go_to("55b5c3efb000");
	assert_int_equal(files.asked, 3);
	assert_int_equal(files.start, UINT64_C(0x55b5c3efb000));
	/* The heap has none; back at the same mapping it is asked about again. */
	go_to("55b5f7c8d000");
	assert_int_equal(files.asked, 3);
	go_to("55b5c3efb000");
	assert_int_equal(files.asked, 4);
}

static void a_page_is_asked_about_once_a_snapshot(void **state)
{
	(void)state;
	go_to("55b5f7c8d008");
	assert_int_equal(pages.asked, 1);
	assert_int_equal(watch_go_to_page_descriptor(&watched), 97);
	assert_int_equal(pages.question.pid, 20712);
	assert_int_equal(pages.question.address, UINT64_C(0x55b5f7c8d008));
	assert_int_equal(pages.question.page_size, 4096);
	assert_true(pages.question.time_ns == stage.session.now->time_ns);
	watch_go_to_look(&watched, &stage.ui);
	assert_int_equal(pages.asked, 1);
	come(1, sample_python());
	assert_int_equal(pages.asked, 2);
	go_to("55b5f7c8d010");
	assert_int_equal(pages.asked, 3);
}

/* It costs the process something: once for an address, and then every five seconds. */
static void smaps_has_a_budget_now_and_then(void **state)
{
	const uint64_t address = UINT64_C(0x55b5f7c8d008);

	(void)state;
	go_to("55b5f7c8d008");
	assert_true(pages.question.budget_ns == BUDGET_NS);
	/* It has not answered yet, and then it did not know. */
	watched.page.smaps_ns -= 10 * SECOND_NS;
	come(1, sample_python());
	assert_true(pages.question.budget_ns == 0);
	answer_page(address, TARGET_UNKNOWN);
	come(2, sample_python());
	assert_true(pages.question.budget_ns == 0);
	/* What is about another address says nothing. */
	answer_page(address + 8, 0);
	come(3, sample_python());
	assert_true(pages.question.budget_ns == 0);
	answer_page(address, 0);
	come(4, sample_python());
	assert_true(pages.question.budget_ns == BUDGET_NS);
	/* That was just now. */
	assert_true(clock_ns(CLOCK_MONOTONIC) - watched.page.smaps_ns < 60 * SECOND_NS);
	watched.page.smaps_ns = clock_ns(CLOCK_MONOTONIC) + 60 * SECOND_NS;
	come(5, sample_python());
	assert_true(pages.question.budget_ns == 0);
	watched.page.smaps_ns = clock_ns(CLOCK_MONOTONIC) - 5 * SECOND_NS;
	come(6, sample_python());
	assert_true(pages.question.budget_ns == BUDGET_NS);
	watched.page.smaps_ns = clock_ns(CLOCK_MONOTONIC) + 60 * SECOND_NS;
	/* Another mapping is there, or another address is asked about. */
	come(7, sample_python_grown(4096));
	assert_true(pages.question.budget_ns == BUDGET_NS);
	go_to("55b5f7c8d010");
	assert_true(pages.question.budget_ns == BUDGET_NS);
	go_to("55b5f7c8d008");
	assert_true(pages.question.budget_ns == BUDGET_NS);
}

static void what_a_page_is_comes_to_the_screen(void **state)
{
	const struct go_to_pane *pane = (const struct go_to_pane *)stage_pane(&stage, &go_to_pane);

	(void)state;
	go_to("55b5f7c8d008");
	answer_page(UINT64_C(0x55b5f7c8d008), 5);
	assert_int_equal(pane->located.page.state, PAGE_PRESENT);
	assert_int_equal(pane->located.page.flags, 5);
	assert_true(ui_take_request(&stage.ui).bits & UI_DRAW);
}

static void without_threads_nothing_is_asked(void **state)
{
	(void)state;
	file_error = page_error = -EAGAIN;
	go_to("55b5c3c6a000");
	assert_int_equal(files.asked, 0);
	assert_int_equal(pages.asked, 0);
	assert_int_equal(watch_go_to_file_descriptor(&watched), -1);
	assert_int_equal(watch_go_to_page_descriptor(&watched), -1);
	watch_go_to_take(&watched, &stage.ui);
	/* Once there is one, it is. */
	page_error = 0;
	watch_go_to_look(&watched, &stage.ui);
	assert_int_equal(pages.asked, 1);
	assert_true(pages.question.budget_ns == BUDGET_NS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_is_asked_about_once_a_snapshot, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(a_page_is_asked_about_once_a_snapshot, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(smaps_has_a_budget_now_and_then, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(what_a_page_is_comes_to_the_screen, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(without_threads_nothing_is_asked, open_stage,
						close_stage),
	};

	return cmocka_run_group_tests_name("watch_go_to_asked", tests, NULL, NULL);
}
