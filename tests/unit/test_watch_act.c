/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/options.h"
#include "app/watch.h"
#include "app/watch_act.h"
#include "app/watch_replay.h"
#include "call_log.h"
#include "sampler_script.h"
#include "ui/ui.h"

void watch_scan_read_smaps(struct watch_scan *scan)
{
	assert_non_null(scan);
	call_log_say("read smaps");
}

void watch_replay_act(struct watch *watch, struct ui *ui, uint64_t interval_ns,
		      const struct ui_request *request)
{
	assert_true(watch && ui);
	call_log_say("play, interval %d, bits %u", (int)interval_ns, request->bits);
}

void watch_replay_tell(const struct watch *watch, struct ui_host *host)
{
	assert_non_null(watch);
	host->replay = true;
}

void watch_record_act(struct watch_record *record, struct ui *ui, const struct ui_request *request)
{
	assert_true(record && ui);
	call_log_say("record, bits %u", request->bits);
}

/* Each bit has what it asks for done, and nothing else. */
static void each_wish_is_done(void **state)
{
	const struct options options = {.interval_ns = 77};
	struct watch watch = {.options = &options, .sampler = &sampler};
	struct ui ui = {.host = {.interval_ns = 5}};

	(void)state;
	call_log_clear();
	watch_act(&watch, &ui, &(struct ui_request){.bits = UI_DRAW, .interval_ns = 9});
	call_log_expect("play, interval 77, bits 1\nrecord, bits 1\n");
	assert_int_equal(sampler.asked, 0);
	assert_int_equal(sampler.interval_ns, 0);
	assert_int_equal(ui.host.interval_ns, 5);
	watch_act(&watch, &ui, &(struct ui_request){.bits = UI_SAMPLE});
	assert_int_equal(sampler.asked, 1);
	call_log_expect("play, interval 77, bits 4\nrecord, bits 4\n");
	watch_act(&watch, &ui, &(struct ui_request){.bits = UI_SMAPS});
	call_log_expect("read smaps\nplay, interval 77, bits 32\nrecord, bits 32\n");
	watch_act(&watch, &ui, &(struct ui_request){.bits = UI_INTERVAL, .interval_ns = 9});
	call_log_expect("play, interval 77, bits 8\nrecord, bits 8\n");
	assert_int_equal(sampler.asked, 1);
	assert_int_equal(sampler.interval_ns, 9);
	assert_int_equal(ui.host.interval_ns, 9);
}

static void the_screen_knows_of_the_recording(void **state)
{
	struct watch watch = {.options = NULL};
	struct ui_host host = {.recording = true};

	(void)state;
	watch_act_tell(&watch, &host);
	assert_true(host.replay);
	assert_false(host.recording);
	watch.record.recorder = (struct recorder *)&watch;
	watch_act_tell(&watch, &host);
	assert_true(host.recording);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_wish_is_done),
		cmocka_unit_test(the_screen_knows_of_the_recording),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
