/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdbool.h>

#include "app/listing.h"
#include "call_log.h"
#include "model/process.h"
#include "sampler/lister.h"
#include "ui/processes/processes_pane.h"
#include "ui/ui.h"

/* When the list of processes is made and where it goes, by a script. */

static struct {
	int create, take; /* errors */
	bool wanted, has_list;
} script;

static char things[2];
static struct ui ui;

#define the_lister ((struct lister *)&things[0])
#define the_list   ((struct process_list *)&things[1])

int poll(struct pollfd *files, nfds_t count, int milliseconds)
{
	assert_int_equal(count, 1);
	assert_int_equal(files->events, POLLIN);
	call_log_say("wait for %d, %d ms", files->fd, milliseconds);
	return 0;
}

int lister_create(uint64_t interval_ns, struct lister **ret_lister)
{
	call_log_say("create, %" PRIu64 " ms", interval_ns / 1000000);
	if (!script.create)
		*ret_lister = the_lister;
	return script.create;
}

void lister_pause(struct lister *lister, bool paused)
{
	assert_ptr_equal(lister, the_lister);
	call_log_say("pause %d", paused);
}

void lister_want(struct lister *lister, const int32_t *pids, size_t count)
{
	assert_ptr_equal(lister, the_lister);
	call_log_say("want %zu, %d", count, (int)pids[0]);
}

void lister_destroy(struct lister *lister)
{
	call_log_say("destroy %s", lister ? "it" : "nothing");
}

int lister_descriptor(const struct lister *lister)
{
	assert_ptr_equal(lister, the_lister);
	return 201;
}

bool lister_take(struct lister *lister, struct process_list **ret_list, int *ret_error)
{
	assert_ptr_equal(lister, the_lister);
	if (!script.has_list)
		return false;
	*ret_list = script.take ? NULL : the_list;
	*ret_error = script.take;
	return true;
}

bool processes_pane_wants_list(const struct ui *of)
{
	assert_ptr_equal(of, &ui);
	return script.wanted;
}

size_t processes_pane_shown(const struct ui *of, int32_t *out, size_t capacity)
{
	assert_ptr_equal(of, &ui);
	assert_int_equal(capacity, LISTER_WANTED_MAX);
	out[0] = 44;
	return 3;
}

void processes_pane_take_list(struct ui *of, struct process_list *list)
{
	assert_ptr_equal(of, &ui);
	assert_ptr_equal(list, the_list);
	call_log_say("show");
}

void process_list_destroy(struct process_list *list)
{
	assert_ptr_equal(list, the_list);
	call_log_say("destroy list");
}

void ui_say_format(struct ui *of, const char *format, ...)
{
	va_list arguments;
	char said[200];

	assert_ptr_equal(of, &ui);
	va_start(arguments, format);
	vsnprintf(said, sizeof(said), format, arguments);
	va_end(arguments);
	call_log_say("say %s", said);
}

void ui_want(struct ui *of, unsigned bits)
{
	assert_ptr_equal(of, &ui);
	call_log_say("want %u", bits);
}

static struct listing listing;

static int reset(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	listing = (struct listing){0};
	call_log_clear();
	return 0;
}

static void want(bool wanted, const char *asked)
{
	script.wanted = wanted;
	listing_set_wanted(&listing, &ui);
	call_log_expect(asked);
}

static void it_is_made_while_it_is_wanted(void **state)
{
	(void)state;
	want(false, "");
	assert_int_equal(listing_descriptor(&listing), -1);
	want(true, "create, 1000 ms\npause 0\n");
	assert_int_equal(listing_descriptor(&listing), 201);
	want(true, "want 3, 44\n");
	want(false, "pause 1\n");
	want(false, "");
	/* There is a thread still. */
	assert_int_equal(listing_descriptor(&listing), 201);
	want(true, "pause 0\n");
	want(true, "want 3, 44\n");
	listing_finish(&listing);
	call_log_expect("destroy it\n");
	assert_false(listing.going);
	listing_finish(&listing);
	call_log_expect("destroy nothing\n");
}

static void the_first_one_is_waited_for_a_moment(void **state)
{
	(void)state;
	assert_int_equal(listing_wait(&listing), 0);
	call_log_expect("create, 1000 ms\npause 0\nwait for 201, 2000 ms\n");
	want(true, "want 3, 44\n");
}

static void without_a_thread_there_is_none(void **state)
{
	(void)state;
	script.create = -EAGAIN;
	assert_int_equal(listing_wait(&listing), -EAGAIN);
	call_log_expect("create, 1000 ms\n");
	want(true, "create, 1000 ms\n"
		   "say Cannot list the processes: Resource temporarily unavailable.\n");
	assert_false(listing.going);
	/* It is tried again. */
	script.create = 0;
	want(true, "create, 1000 ms\npause 0\n");
}

static void take(const char *asked)
{
	listing_take(&listing, &ui);
	call_log_expect(asked);
}

static void what_comes_is_shown_where_it_is_wanted(void **state)
{
	(void)state;
	script.has_list = true;
	take("");
	want(true, "create, 1000 ms\npause 0\n");
	take("show\n");
	script.has_list = false;
	take("");
	script.has_list = true;
	script.wanted = false;
	take("destroy list\n");
	script.take = -ENOMEM;
	take("say Cannot list the processes: Cannot allocate memory.\nwant 1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(it_is_made_while_it_is_wanted, reset),
		cmocka_unit_test_setup(the_first_one_is_waited_for_a_moment, reset),
		cmocka_unit_test_setup(without_a_thread_there_is_none, reset),
		cmocka_unit_test_setup(what_comes_is_shown_where_it_is_wanted, reset),
	};

	return cmocka_run_group_tests_name("listing_asked", tests, NULL, NULL);
}
