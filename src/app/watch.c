/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/attach.h"
#include "app/launch.h"
#include "app/options.h"
#include "app/recorded_words.h"
#include "app/source_error.h"
#include "app/waits.h"
#include "base/keyed_hash.h"
#include "base/utf8.h"
#include "kernel/clock.h"
#include "kernel/clock_course.h"
#include "kernel/random_key.h"
#include "model/timeline.h"
#include "model/address_space.h"
#include "record/recorder.h"
#include "sampler/sampler.h"
#include "sampler/source.h"
#include "ui/scene.h"
#include "ui/ui.h"

#define PULSES_AT_ONCE 256
#define STALE_MIN_NS   INT64_C(1000000000)

int watch_start(struct watch *watch, const struct options *options, struct attachment *attachment,
		struct launch *launch)
{
	const struct sampler_plan plan = {
		.interval_ns = options->interval_ns,
		.budget = options->budget,
		.first = attachment->first,
	};
	struct hash_key key = random_key();
	int error;

	*watch = (struct watch){
		.options = options,
		.launch = launch,
		.exit_descriptor = source_exit_descriptor(attachment->source),
	};
	watch_probes_init(&watch->probes, options);
	source_error_append_damage(&watch->damage, options, attachment->pid, attachment->source);
	error = sampler_create(attachment->source, &plan, &watch->sampler);
	if (error) {
		text_finish(&watch->damage);
		attach_close(attachment);
		return error;
	}
	watch->recorded = recorded_words_apply(options);
	watch->user = attachment->user;
	watch->user_asked = attachment->replay != NULL;
	watch->timeline = attachment->timeline;
	if (attachment->against)
		watch->probes.comparison.given = *attachment->against;
	free(attachment->against);
	if (attachment->replay)
		watch_scan_replay(&watch->scan, attachment->replay);
	else
		watch_scan_start(&watch->scan, options, attachment->first);
	session_init(&watch->session, attachment->first, options->history, &key);
	if (launch)
		utf8_append_escaped(&watch->output, launch->output, strlen(launch->output));
	*attachment = (struct attachment){0};
	return 0;
}

void watch_begin_record(struct watch *watch, struct watch_record *opened)
{
	watch_record_begin(&watch->record, opened, watch->options, &watch->session, &watch->scan);
}

void watch_name_user(struct watch *watch, struct ui *ui)
{
	if (watch->user_asked)
		return;
	watch->user_asked = true;
	watch->user = target_user_name(watch->session.now->target.uid);
	if (watch->user)
		ui_want(ui, UI_DRAW);
}

void watch_finish(struct watch *watch)
{
	sampler_destroy(watch->sampler);
	watch_record_close(&watch->record);
	watch_probes_finish(&watch->probes);
	watch_news_finish(&watch->news);
	watch_scan_finish(&watch->scan);
	session_finish(&watch->session);
	text_finish(&watch->banner);
	text_finish(&watch->output);
	text_finish(&watch->damage);
	if (watch->timeline)
		timeline_finish(watch->timeline);
	free(watch->timeline);
	free(watch->user);
}

static void set_banner(struct watch *watch, struct ui *ui, const char *why)
{
	text_clear(&watch->banner);
	text_append(&watch->banner, why);
	ui_want(ui, UI_DRAW);
}

/* What was made of a snapshot is shown, and recorded. */
static void take_step(struct watch *watch, struct ui *ui, struct news *news)
{
	struct watch_scan *scan = &watch->scan;

	text_clear(&watch->banner);
	session_step_add(&watch->session, &news->step);
	if (watch->record.recorder)
		recorder_add(watch->record.recorder, watch->session.now);
	if (change_list_has_exec(&watch->session.latest))
		watch_scan_forget(scan);
	if (news->updates) {
		watch_scan_swap(scan, ui, &news->update);
		news->basis.usage = &scan->table;
		news->basis.residency = scan->residency;
	}
	ui_take_snapshot(ui, clock_ns(CLOCK_MONOTONIC), &news->basis);
	if (news->updates)
		watch_scan_record(scan);
}

static void take_news(struct watch *watch, struct ui *ui, struct news *news)
{
	if (news->step.space)
		take_step(watch, ui, news);
	else
		watch_scan_put(&watch->scan, ui, &news->update);
	news_finish(news);
}

void watch_take_news(struct watch *watch, struct ui *ui)
{
	struct news news;

	if (watch_news_take(&watch->news, &news) &&
	    !watch_news_again(&watch->news, &watch->session, ui, &news))
		take_news(watch, ui, &news);
}

void watch_take_scan(struct watch *watch, struct ui *ui)
{
	struct scan_update found;

	if (watch->news.busy)
		return;
	if (!watch_news_start(&watch->news, &watch->session, &watch->scan))
		watch_scan_take(&watch->scan, ui);
	else if (watch_scan_find(&watch->scan, &found))
		watch_news_find(&watch->news, &watch->session, &found);
}

/* The process's end comes twice, from its pidfd and from a sample that found nothing. */
void watch_take_exit(struct watch *watch, struct ui *ui)
{
	/* What was seen of it before comes first. */
	if (watch->news.busy)
		return;
	watch->exit_descriptor = -1;
	if (ui->shown.ended)
		return;
	watch->ended_ns = clock_course_after(watch->session.now->time_ns);
	session_end(&watch->session, watch->ended_ns);
	if (watch->record.recorder)
		recorder_add_end(watch->record.recorder, watch->ended_ns);
	ui->shown.ended = true;
	set_banner(watch, ui, "The process has ended");
}

static void take_pulses(struct watch *watch, struct ui *ui)
{
	struct pulse pulses[PULSES_AT_ONCE];
	size_t count;

	do {
		count = sampler_take_pulses(watch->sampler, pulses, PULSES_AT_ONCE);
		for (size_t i = 0; i < count; i++)
			session_add_pulse(&watch->session, &pulses[i]);
		if (count && !ui->shown.paused)
			ui_tell_news(ui, PANE_NEWS_PULSE);
	} while (count == PULSES_AT_ONCE);
}

/* A recording went back, before what was played: the history begins again. */
static void begin_again(struct watch *watch, struct ui *ui, struct address_space *space)
{
	struct session before = watch->session;
	struct hash_key key = random_key();

	/* What it finds is of the history before. */
	watch_history_finish(&watch->probes.history);
	session_init(&watch->session, space, watch->options->history, &key);
	ui_watch_again(ui, &watch->session);
	session_finish(&before);
}

/* Whether a sample is not the next one: the same again, which only brings words, or an earlier one.
 */
static bool take_other(struct watch *watch, struct ui *ui, struct address_space *space)
{
	if (!watch->scan.replay || space->time_ns > watch->session.now->time_ns)
		return false;
	if (space->time_ns == watch->session.now->time_ns) {
		address_space_destroy(space);
		watch_scan_say(&watch->scan, ui);
	} else {
		begin_again(watch, ui, space);
		watch_scan_apply(&watch->scan, ui);
	}
	return true;
}

/* Whether what is new is left to the thread. */
static bool is_much(struct watch *watch, const struct address_space *space)
{
	return space->vma_count >= WATCH_NEWS_VMAS &&
	       watch_news_start(&watch->news, &watch->session, &watch->scan);
}

void watch_take_sample(struct watch *watch, struct ui *ui)
{
	struct sample sample;

	take_pulses(watch, ui);
	if (watch->news.busy || !sampler_take(watch->sampler, &sample))
		return;
	if (ui->shown.ended) {
		/* The sampler read it before it saw the end. */
		address_space_destroy(sample.space);
	} else if (sample.error == -ESRCH) {
		watch_take_exit(watch, ui);
	} else if (sample.error) {
		set_banner(watch, ui,
			   watch->scan.replay        ? "The recording is damaged"
			   : sample.error == -EACCES ? "It can no longer be read"
						     : strerror(-sample.error));
	} else if (take_other(watch, ui, sample.space)) {
		return;
	} else if (is_much(watch, sample.space)) {
		watch_news_add(&watch->news, &watch->session, &watch->scan, ui, sample.space);
	} else {
		text_clear(&watch->banner);
		watch_scan_keep(&watch->scan, &watch->session);
		session_add(&watch->session, sample.space);
		if (watch->record.recorder)
			recorder_add(watch->record.recorder, watch->session.now);
		ui_take_snapshot(ui, clock_ns(CLOCK_MONOTONIC), NULL);
		watch_scan_apply(&watch->scan, ui);
	}
}

/* While news are made nothing else is added. */
void watch_descriptors(const struct watch *watch, int *ret_descriptors)
{
	const bool busy = watch->news.busy;

	ret_descriptors[WAIT_SAMPLE] = busy ? -1 : sampler_descriptor(watch->sampler);
	ret_descriptors[WAIT_SURVEY] = busy ? -1 : watch_scan_descriptor(&watch->scan);
	ret_descriptors[WAIT_NEWS] = watch_news_descriptor(&watch->news);
	ret_descriptors[WAIT_EXIT] = busy ? -1 : watch->exit_descriptor;
	watch_probes_descriptors(&watch->probes, ret_descriptors + WAIT_PROBES);
}

int64_t watch_check(struct watch *watch, struct ui *ui, int64_t now)
{
	int64_t limit = 3 * (int64_t)ui->host.interval_ns, since;
	bool stale;

	if (limit < STALE_MIN_NS)
		limit = STALE_MIN_NS;
	since = sampler_busy_since(watch->sampler);
	stale = since && now - since >= limit;
	if (stale != watch->stale)
		ui_want(ui, UI_DRAW);
	watch->stale = stale;
	return since && !stale ? since + limit : now + limit;
}

/* Files of a target never hold the sampler up (files/errands.h), but those of a procfs can. */
static void tell_stale(struct watch *watch, struct scene_status *status)
{
	status->stale = target_clock(watch->session.now->time_ns, watch->stale_since);
	status->banner = strcmp(watch->options->procfs, "/proc")
				 ? "Waiting for the files of the procfs"
				 : "Waiting for the kernel";
}

void watch_tell(struct watch *watch, const struct ui *ui, struct scene_status *ret_status)
{
	const struct shown *shown = &ui->shown;

	*ret_status = (struct scene_status){
		.user = watch->user,
		/* When files were copied is not known. */
		.clock = watch->recorded && !watch->scan.replay
				 ? NULL
				 : target_clock(shown->space->time_ns, watch->clock),
		.output = watch->output.length ? text_string(&watch->output) : NULL,
		.unconfined = watch->options->no_sandbox,
		.baseline = target_clock(watch->session.baseline->time_ns, watch->baseline),
		.local_time = target_local_time,
		.interval_ns = ui->host.interval_ns,
		.coverage = sampler_coverage(watch->sampler),
		.paused = shown->paused || (watch->scan.replay && ui->host.play.held),
		.earlier = shown_is_earlier(shown),
		.back_ns = (shown->ended ? watch->ended_ns : watch->session.now->time_ns) -
			   shown->space->time_ns,
		.recorded = watch->recorded,
		.replayed = watch->scan.replay != NULL,
		.speed = ui->host.play.speed,
		.recording = watch->record.recorder && !watch->record.waiting,
		.banner = watch->banner.length ? text_string(&watch->banner) : NULL,
		.ended = shown->ended,
	};
	if (watch->stale && !shown->ended && !shown->paused)
		tell_stale(watch, ret_status);
}
