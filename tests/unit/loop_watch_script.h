/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_LOOP_WATCH_SCRIPT_H
#define TESTS_UNIT_LOOP_WATCH_SCRIPT_H

/* What app/loop.c asks of the process that is watched, and of what is beside it; and the rounds. */

#include "loop_script.h"

/* The process. */

static inline int script_number(const struct watch *watch)
{
	return watch->sampler ? (int)((char *)watch->sampler - samplers) + 1 : 0;
}

int watch_start(struct watch *watch, const struct options *of, struct attachment *attachment,
		struct launch *launch)
{
	assert_ptr_equal(of, &options);
	call_log_say("watch %d%s", (int)attachment->pid, launch ? ", a command" : "");
	if (script.watch_error || (script.round && script.watch_error_later))
		return script.watch_error ? script.watch_error : script.watch_error_later;
	*watch = (struct watch){.options = of,
				.sampler = (struct sampler *)&samplers[script.watches++],
				.launch = launch,
				.exit_descriptor = FIRST_DESCRIPTOR + WAIT_EXIT};
	watch->scan.held_share = 0.5;
	if (script.damage)
		watch->damage = (struct text){.bytes = (char *)script.damage,
					      .length = strlen(script.damage)};
	script.watching = true;
	return 0;
}

void watch_begin_record(struct watch *watch, struct watch_record *opened)
{
	call_log_say("begin record of %d%s", script_number(watch), opened ? ", it is open" : "");
	if (now()->recorder)
		watch->record.recorder = (struct recorder *)samplers;
}

void watch_finish(struct watch *watch)
{
	call_log_say("end of watch %d", script_number(watch));
}

void watch_name_user(struct watch *watch, struct ui *ui)
{
	call_log_say("name of %d", script_number(watch));
	ui->request.bits |= now()->by_name;
}

void watch_tell(struct watch *watch, const struct ui *ui, struct scene_status *ret_status)
{
	(void)ui, (void)ret_status;
	call_log_say("state of %d", script_number(watch));
}

int64_t watch_check(struct watch *watch, struct ui *ui, int64_t now_ns)
{
	(void)ui;
	assert_true(watch->sampler && now_ns == 1000 * MS);
	return now()->check;
}

void watch_take_sample(struct watch *watch, struct ui *ui)
{
	(void)ui;
	call_log_say("sample of %d", script_number(watch));
}

void watch_take_exit(struct watch *watch, struct ui *ui)
{
	call_log_say("exit of %d", script_number(watch));
	ui->shown.ended = now()->ends;
}

void sampler_now(struct sampler *sampler)
{
	call_log_say("sample %d now", (int)((char *)sampler - samplers) + 1);
}

void sampler_set_interval(struct sampler *sampler, uint64_t interval_ns)
{
	call_log_say("interval of %d: %" PRIu64, (int)((char *)sampler - samplers) + 1,
		     interval_ns);
}

void watch_scan_read_smaps(struct watch_scan *scan)
{
	(void)scan;
	call_log_say("smaps");
}

void watch_scan_look(struct watch_scan *scan, const struct ui *ui)
{
	(void)scan, (void)ui;
	call_log_say("scan looks");
}

void watch_take_scan(struct watch *watch, struct ui *ui)
{
	(void)watch, (void)ui;
	call_log_say("survey");
}

void watch_take_news(struct watch *watch, struct ui *ui)
{
	ui->shown.step.awaited = script.awaited = now()->awaits;
	call_log_say("news of %d", script_number(watch));
}

void watch_probes_look(struct watch_probes *probes, struct ui *ui)
{
	(void)probes, (void)ui;
	call_log_say("probes look");
}

void watch_descriptors(const struct watch *watch, int *ret_descriptors)
{
	assert_non_null(watch->sampler);
	ret_descriptors[WAIT_SAMPLE] = FIRST_DESCRIPTOR + WAIT_SAMPLE;
	ret_descriptors[WAIT_SURVEY] = FIRST_DESCRIPTOR + WAIT_SURVEY;
	ret_descriptors[WAIT_NEWS] = FIRST_DESCRIPTOR + WAIT_NEWS;
	ret_descriptors[WAIT_EXIT] = watch->exit_descriptor;
	for (int i = WAIT_PROBES; i < WAIT_COUNT; i++)
		ret_descriptors[i] = FIRST_DESCRIPTOR + i;
}

void watch_probes_take(struct watch_probes *probes, struct ui *ui)
{
	(void)probes, (void)ui;
	call_log_say("probes");
}

void watch_comparison_begin(const struct watch_comparison *comparison, struct ui *ui)
{
	(void)comparison, (void)ui;
	call_log_say("begin comparison");
}

void watch_replay_act(struct watch *watch, struct ui *ui, uint64_t interval_ns,
		      const struct ui_request *request)
{
	(void)watch, (void)ui;
	assert_int_equal(interval_ns, options.interval_ns);
	call_log_say("replay %u", request->bits);
}

void watch_replay_tell(const struct watch *watch, struct ui_host *host)
{
	call_log_say("tell replay of %d%s, interval %" PRIu64 ", mouse %d", script_number(watch),
		     host->recording ? ", recorded" : "", host->interval_ns, host->mouse);
}

void watch_record_act(struct watch_record *record, struct ui *ui, const struct ui_request *request)
{
	(void)record, (void)ui;
	call_log_say("record %u", request->bits);
}

int watch_record_descriptor(const struct watch_record *record)
{
	(void)record;
	return FIRST_DESCRIPTOR + WAIT_RECORD;
}

void watch_record_take(struct watch_record *record, struct ui *ui)
{
	(void)record, (void)ui;
	call_log_say("recorded");
}

void watch_record_end(struct watch_record *record, struct ui *ui)
{
	(void)record, (void)ui;
	call_log_say("end record");
}

/* What is beside it. */

const char *choice_why_not(const struct options *of)
{
	assert_ptr_equal(of, &options);
	return "why not";
}

void choice_begin(struct choice *choice, const struct options *of, const struct ui_request *request,
		  struct ui *ui)
{
	(void)choice, (void)ui;
	assert_ptr_equal(of, &options);
	call_log_say("choose %d", (int)request->pid);
}

int choice_descriptor(const struct choice *choice)
{
	(void)choice;
	return FIRST_DESCRIPTOR + WAIT_ATTACH;
}

bool choice_take(struct choice *choice, struct ui *ui, struct attachment *ret_attachment)
{
	(void)choice, (void)ui;
	call_log_say("chosen");
	*ret_attachment = (struct attachment){.pid = 50};
	return now()->chosen;
}

bool choice_take_key(struct choice *choice, struct ui *ui, uint32_t key)
{
	(void)choice, (void)ui, (void)key;
	return script.choice_takes_keys;
}

void choice_end(struct choice *choice)
{
	(void)choice;
	call_log_say("end choice");
}

void listing_finish(struct listing *listing)
{
	(void)listing;
	call_log_say("end list");
}

int listing_wait(struct listing *listing)
{
	(void)listing;
	call_log_say("begin list");
	return script.list_error;
}

void listing_set_wanted(struct listing *listing, struct ui *ui)
{
	(void)listing, (void)ui;
	call_log_say("list is wanted");
}

int listing_descriptor(const struct listing *listing)
{
	(void)listing;
	return FIRST_DESCRIPTOR + WAIT_LIST;
}

void listing_take(struct listing *listing, struct ui *ui)
{
	(void)listing, (void)ui;
	call_log_say("list");
}

void save_begin(struct save *save, struct save_page page, enum ui_save form, struct ui *ui)
{
	(void)ui;
	assert_ptr_equal(save, &tty.save);
	assert_ptr_equal(page.canvas, &canvas);
	call_log_say("save %d", (int)form);
}

int save_descriptor(const struct save *save)
{
	assert_ptr_equal(save, &tty.save);
	return FIRST_DESCRIPTOR + WAIT_SAVE;
}

void save_take(struct save *save, struct ui *ui)
{
	(void)ui;
	assert_ptr_equal(save, &tty.save);
	call_log_say("saved");
}

void launch_release(struct launch *launch)
{
	call_log_say("release %s", launch ? "the command" : "nothing");
}

int named_say_not_a_pid(const char *argument)
{
	call_log_say("not a PID: %s", argument);
	return 18;
}

/* The rounds. */

void waits_init(struct waits *waits, double share)
{
	call_log_say("share %g", share);
	memset(waits->descriptors, 0, sizeof(waits->descriptors));
}

/* There is a descriptor of each, but of the process only while one is watched. */
static inline void script_check_descriptors(const struct waits *waits)
{
	assert_int_equal(waits->awaited, script.awaited);
	for (int i = 0; i < WAIT_COUNT; i++) {
		const bool of_process = i == WAIT_SAMPLE || i == WAIT_SURVEY || i == WAIT_NEWS ||
					i == WAIT_EXIT || i >= WAIT_PROBES;

		assert_int_equal(waits->descriptors[i], i == WAIT_KEYS      ? STDIN_FILENO
							: i == WAIT_SIGNALS ? SIGNALS
							: of_process && !script.watching
								? -1
								: FIRST_DESCRIPTOR + i);
	}
}

int waits_wait(struct waits *waits, int timeout)
{
	call_log_say("- wait %d", timeout);
	script_check_descriptors(waits);
	script.round++;
	script.event = 0;
	return script.round == script.count ? -EBADF : 0;
}

bool waits_came(const struct waits *waits, enum wait wait)
{
	(void)waits;
	return now()->came >> wait & 1;
}

void waits_shown(struct waits *waits)
{
	(void)waits;
	call_log_say("shown");
}

static inline void script_reset(void)
{
	memset(&script, 0, sizeof(script));
	options = (struct options){
		.settings = &settings, .interval_ns = 5000, .budget = 0.5, .scale = SCALE_LINEAR};
	tty = (struct tty){.options = &options,
			   .canvas = (struct canvas *)&canvas,
			   .signals = SIGNALS,
			   .has_mouse = true};
	script.count = 1;
	for (int i = 0; i < ROUNDS; i++)
		script.rounds[i].highlights = script.rounds[i].check = INT64_MAX;
	call_log_clear();
}

#endif
