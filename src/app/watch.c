/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/attach.h"
#include "app/launch.h"
#include "app/message.h"
#include "app/options.h"
#include "app/own_cost.h"
#include "app/settings.h"
#include "app/target_words.h"
#include "app/tty.h"
#include "app/watch_file.h"
#include "app/watch_pick.h"
#include "app/watch_survey.h"
#include "app/watch_theme.h"
#include "base/keyed_hash.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/address_space.h"
#include "model/chronicle.h"
#include "sampler/clock.h"
#include "sampler/random_key.h"
#include "sampler/sampler.h"
#include "sampler/source.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "term/terminal.h"
#include "ui/command.h"
#include "ui/display.h"
#include "ui/scene.h"
#include "ui/ui.h"

/* What the loop waits for. */
enum {
	WAIT_KEYS,
	WAIT_SIGNALS,
	WAIT_SAMPLE,
	WAIT_SURVEY,
	WAIT_FILE,
	WAIT_EXIT,
	WAIT_PICK,
	WAIT_COUNT
};

struct watch {
	const struct options *options;
	struct launch *launch; /* the command that vastop started; NULL for a process */
	struct text output;    /* path of its output, escaped */
	struct tty *tty;
	struct sampler *sampler;
	struct watch_pick pick;
	struct chronicle chronicle;
	struct watch_survey survey;
	struct watch_file file;
	struct own_cost cost;
	struct ui ui;
	struct pollfd waits[WAIT_COUNT];
	struct text banner; /* why there are no samples; empty while there are */
	char *user;
	unsigned reactions; /* to be carried out */
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void draw(struct watch *watch)
{
	bool measured = own_cost_measure(&watch->cost, clock_ns(CLOCK_MONOTONIC));
	const struct scene_cost cost = {watch->cost.share, watch->survey.held_share};
	const struct ui *ui = &watch->ui;
	char clock[CLOCK_LENGTH], mark[CLOCK_LENGTH];
	struct scene_status status = {
		.user = watch->user,
		.clock = target_clock(ui->space->time_ns, clock),
		.output = watch->output.length ? text_string(&watch->output) : NULL,
		.mark = target_clock(watch->chronicle.mark->time_ns, mark),
		.cost = measured ? &cost : NULL,
		.local_time = target_local_time,
		.interval_ns = ui->interval_ns,
		.stretched_ns = sampler_stretched(watch->sampler),
		.paused = ui->paused,
		.back = ui->paused ? history_end(watch->chronicle.history) - 1 - ui->moment : 0,
		.banner = watch->banner.length ? text_string(&watch->banner) : NULL,
		.message = watch->ui.message,
	};

	display_draw(&watch->ui, tty_blank(watch->tty), &status);
	tty_show(watch->tty);
}

static void take_size(struct watch *watch)
{
	const struct canvas *canvas = watch->tty->canvas;

	ui_resize(&watch->ui, canvas->columns, canvas->lines);
	watch_pick_measure(&watch->pick);
	watch->reactions |= REACT_RELAYOUT;
}

/* The header says which process it is. */
static void set_banner(struct watch *watch, const char *why, bool final)
{
	text_clear(&watch->banner);
	text_append(&watch->banner, why);
	watch->ui.ended = final;
	watch->reactions |= REACT_REDRAW;
}

/* The process's end comes twice, from its pidfd and from a sample that found nothing. */
static void target_ended(struct watch *watch)
{
	watch->waits[WAIT_EXIT].fd = -1;
	if (watch->ui.ended)
		return;
	chronicle_end(&watch->chronicle, clock_ns(CLOCK_REALTIME));
	set_banner(watch, "The process has ended", true);
}

static void take_pulses(struct watch *watch)
{
	struct pulse pulses[256];
	size_t count;

	do {
		count = sampler_take_pulses(watch->sampler, pulses, COUNT(pulses));
		for (size_t i = 0; i < count; i++)
			chronicle_add_pulse(&watch->chronicle, &pulses[i]);
		if (count && !watch->ui.paused)
			watch->reactions |= REACT_REDRAW;
	} while (count == COUNT(pulses));
}

static void take_sample(struct watch *watch)
{
	struct sample sample;

	take_pulses(watch);
	if (!sampler_take(watch->sampler, &sample))
		return;
	if (sample.error == -ESRCH) {
		target_ended(watch);
		return;
	}
	if (sample.error) {
		set_banner(watch,
			   sample.error == -EACCES ? "It may not be read any more"
						   : strerror(-sample.error),
			   false);
		return;
	}
	text_clear(&watch->banner);
	chronicle_add(&watch->chronicle, sample.space);
	watch->reactions |= ui_take_snapshot(&watch->ui, clock_ns(CLOCK_MONOTONIC));
	watch_survey_apply(&watch->survey, &watch->ui);
}

/* Opens the picker; it is drawn when there is a list. */
static void open_pick(struct watch *watch)
{
	/* One that has ended cannot be watched: the list begins at its top. */
	const struct target *watched = watch->ui.ended ? NULL : &watch->chronicle.now->target;

	if (watch_pick_open(&watch->pick, watch->tty, watched))
		watch->ui.message = "No thread can be started; try again when the machine is less "
				    "busy.";
}

static void take_pick_event(struct watch *watch, const struct event *event)
{
	watch->reactions |= watch_pick_take_event(&watch->pick, event);
	/* What was said when it was opened. */
	if (!watch->pick.pick)
		watch->ui.message = NULL;
}

static void take_event(struct watch *watch, const struct event *event)
{
	if (event->type == EVENT_CLOSED)
		watch->reactions |= REACT_QUIT;
	else if (watch->pick.pick)
		take_pick_event(watch, event);
	else if (event->type == EVENT_KEY)
		watch->reactions |= ui_handle_key(&watch->ui, event->key);
	else if (event->type == EVENT_MOUSE)
		watch->reactions |= ui_handle_mouse(&watch->ui, &event->mouse);
	/* The next key goes to the picker. */
	if ((watch->reactions & REACT_PICK) == REACT_PICK) {
		watch->reactions &= ~(unsigned)REACT_PICK;
		open_pick(watch);
		watch->reactions |= REACT_REDRAW;
	}
}

static void take_keys(struct watch *watch)
{
	struct event event;

	while (!(watch->reactions & REACT_QUIT)) {
		terminal_read(watch->tty->terminal, &event);
		if (event.type == EVENT_NONE)
			return;
		take_event(watch, &event);
		/* The next key acts on what the last one made, and that needs the new diagram. */
		if ((watch->reactions & REACT_RELAYOUT) == REACT_RELAYOUT)
			ui_layout(&watch->ui);
	}
}

static void take_signals(struct watch *watch)
{
	unsigned asked = tty_take_signals(watch->tty);

	if (asked & TTY_RESIZED)
		take_size(watch);
	if (asked & TTY_ENDING)
		watch->reactions |= REACT_QUIT;
}

/* Carries out what the events of this turn asked for. */
static void react(struct watch *watch)
{
	unsigned reactions = watch->reactions;

	watch->reactions = 0;
	if (reactions & REACT_RESAMPLE)
		sampler_now(watch->sampler);
	if ((reactions & REACT_SMAPS) == REACT_SMAPS)
		watch_survey_read_smaps(&watch->survey);
	if ((reactions & REACT_INTERVAL) == REACT_INTERVAL)
		sampler_set_interval(watch->sampler, watch->ui.interval_ns);
	if ((reactions & REACT_MOUSE) == REACT_MOUSE)
		tty_set_mouse(watch->tty, watch->ui.mouse);
	if ((reactions & REACT_THEME) == REACT_THEME)
		watch_theme_next(&watch->tty->shown, watch->tty->terminal, &watch->ui);
	if ((reactions & REACT_REPAINT) == REACT_REPAINT)
		terminal_refresh(watch->tty->terminal);
	if ((reactions & REACT_RELAYOUT) == REACT_RELAYOUT)
		ui_layout(&watch->ui);
	watch_survey_look(&watch->survey, &watch->ui);
	watch_file_look(&watch->file, &watch->ui);
	watch->waits[WAIT_FILE].fd = watch_file_descriptor(&watch->file);
	watch->waits[WAIT_PICK].fd = watch_pick_descriptor(&watch->pick);
	if (reactions & REACT_REDRAW && !watch_pick_draw(&watch->pick))
		draw(watch);
}

/* Lets marks settle; returns how long to wait for the next to do so: milliseconds, -1 for ever. */
static int settle(struct watch *watch)
{
	int64_t now = clock_ns(CLOCK_MONOTONIC), next;

	watch->reactions |= ui_settle_marks(&watch->ui, now, &next);
	return next == MARKS_NEVER ? -1 : (int)((next - now) / 1000000 + 1);
}

static void loop(struct watch *watch)
{
	take_size(watch);
	while (!(watch->reactions & REACT_QUIT)) {
		int timeout = settle(watch);

		react(watch);
		if (poll(watch->waits, WAIT_COUNT, timeout) < 0 && errno != EINTR)
			return;
		if (watch->waits[WAIT_SIGNALS].revents)
			take_signals(watch);
		if (watch->waits[WAIT_KEYS].revents)
			take_keys(watch);
		if (watch->waits[WAIT_SAMPLE].revents)
			take_sample(watch);
		if (watch->waits[WAIT_SURVEY].revents)
			watch->reactions |= watch_survey_take(&watch->survey, &watch->ui);
		if (watch->waits[WAIT_FILE].revents)
			watch->reactions |= watch_file_take(&watch->file, &watch->ui);
		if (watch->waits[WAIT_EXIT].revents)
			target_ended(watch);
		if (watch->waits[WAIT_PICK].revents)
			watch->reactions |= watch_pick_take_list(&watch->pick);
	}
}

/* The first sample is there; nothing but the terminal and a thread can be missing. */
static int start(struct watch *watch, struct source *source)
{
	const struct options *options = watch->options;
	const struct sampler_plan plan = {
		.interval_ns = options->interval_ns,
		.budget = options->budget,
	};
	int error = tty_take(watch->tty);

	if (error) {
		source_destroy(source);
		return tty_say_error(error);
	}
	watch->waits[WAIT_EXIT].fd = source_exit_descriptor(source);
	error = sampler_create(source, &plan, &watch->sampler);
	if (error) {
		source_destroy(source);
		tty_release(watch->tty);
		message_say("no thread can be started (%s); try again when the machine is less "
			    "busy.",
			    strerror(-error));
		return EXIT_TROUBLE;
	}
	watch->waits[WAIT_KEYS].fd = STDIN_FILENO;
	watch->waits[WAIT_SIGNALS].fd = watch->tty->signals;
	watch->waits[WAIT_SAMPLE].fd = sampler_descriptor(watch->sampler);
	watch_survey_start(&watch->survey, options, watch->chronicle.now->target.pid);
	watch->waits[WAIT_SURVEY].fd = watch_survey_descriptor(&watch->survey);
	return 0;
}

static void start_ui(struct watch *watch)
{
	const struct options *options = watch->options;

	ui_init_live(&watch->ui, &watch->chronicle, terminal_is_unicode(watch->tty->terminal));
	settings_apply(options->settings, &watch->ui);
	watch->ui.interval_ns = options->interval_ns;
	watch->ui.view.scale = options->scale;
	watch->ui.mouse = watch->tty->mouse;
	watch->ui.has_mouse = watch->tty->has_mouse;
	if (strcmp(options->procfs, "/proc"))
		watch->ui.why_no_picker =
			"This process is not one of /proc, which alone is listed.";
	if (watch->launch)
		utf8_append_escaped(&watch->output, watch->launch->output,
				    strlen(watch->launch->output));
}

int watch_run(struct tty *tty, struct attachment *attachment, struct launch *launch,
	      bool *ret_ended)
{
	struct watch watch = {.tty = tty,
			      .options = tty->options,
			      .launch = launch,
			      .file = {.options = tty->options}};
	struct address_space *first = attachment->first;
	struct hash_key key = random_key();
	int status;

	for (int i = 0; i < WAIT_COUNT; i++)
		watch.waits[i] = (struct pollfd){.fd = -1, .events = POLLIN};
	watch.user = target_user_name(first->target.uid);
	chronicle_init(&watch.chronicle, first, watch.options->history, &key);
	status = start(&watch, attachment->source);
	*attachment = (struct attachment){0};
	if (!status) {
		start_ui(&watch);
		/* Only now, when nothing can go wrong any more: a mistake starts no command. */
		launch_release(launch);
		loop(&watch);
		*attachment = watch.pick.next;
		*ret_ended = watch.ui.ended;
		watch_pick_close(&watch.pick);
		sampler_destroy(watch.sampler);
		ui_finish(&watch.ui);
		watch_file_finish(&watch.file);
		watch_survey_finish(&watch.survey);
	}
	chronicle_finish(&watch.chronicle);
	text_finish(&watch.banner);
	text_finish(&watch.output);
	free(watch.user);
	return status;
}
