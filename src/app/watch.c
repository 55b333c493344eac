/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/launch.h"
#include "app/launch_words.h"
#include "app/message.h"
#include "app/options.h"
#include "app/own_cost.h"
#include "app/settings.h"
#include "app/signals.h"
#include "app/target_words.h"
#include "app/watch_file.h"
#include "app/watch_survey.h"
#include "app/watch_theme.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/address_space.h"
#include "model/chronicle.h"
#include "sampler/clock.h"
#include "sampler/sampler.h"
#include "sampler/source.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "screen/theme.h"
#include "term/terminal.h"
#include "ui/command.h"
#include "ui/display.h"
#include "ui/scene.h"
#include "ui/ui.h"

/* What the loop waits for. */
enum { WAIT_KEYS, WAIT_SIGNALS, WAIT_SAMPLE, WAIT_SURVEY, WAIT_FILE, WAIT_EXIT, WAIT_COUNT };

struct watch {
	const struct options *options;
	struct launch *launch; /* the command that vastop started; NULL for a process */
	struct text output;    /* path of its output, escaped */
	struct terminal *terminal;
	struct sampler *sampler;
	struct canvas *canvas;
	struct chronicle chronicle;
	struct watch_survey survey;
	struct watch_theme theme;
	struct watch_file file;
	struct own_cost cost;
	struct ui ui;
	struct pollfd waits[WAIT_COUNT];
	struct text banner; /* why there are no samples; empty while there are */
	char *user;
	unsigned reactions; /* to be carried out */
	int ending_signal;  /* the signal that asked to end; 0 for none */
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
	struct canvas *canvas = watch->canvas;

	canvas_fill(canvas, 0, 0, canvas->columns, canvas->lines, ' ', ROLE_DEFAULT);
	canvas_set_ground(canvas, 0, 0, canvas->columns, canvas->lines, ROLE_DEFAULT);
	display_draw(&watch->ui, canvas, &status);
	terminal_show(watch->terminal, canvas);
}

static void take_size(struct watch *watch)
{
	int columns = terminal_columns(watch->terminal), lines = terminal_lines(watch->terminal);

	canvas_destroy(watch->canvas);
	watch->canvas = canvas_create(columns, lines, !terminal_is_unicode(watch->terminal));
	ui_resize(&watch->ui, columns, lines);
	watch->reactions |= REACT_RELAYOUT | REACT_REPAINT;
}

static void set_banner(struct watch *watch, const char *what, bool final)
{
	const struct target *target = &watch->chronicle.now->target;
	const char *comm = target->comm;

	text_clear(&watch->banner);
	text_append_format(&watch->banner, "Process %" PRId32 " (", target->pid);
	utf8_append_escaped(&watch->banner, comm, strlen(comm));
	text_append_format(&watch->banner, ") %s; this is its last picture.", what);
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
	set_banner(watch, "has ended", true);
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
			   sample.error == -EACCES ? "may not be read any more"
						   : strerror(-sample.error),
			   false);
		return;
	}
	text_clear(&watch->banner);
	chronicle_add(&watch->chronicle, sample.space);
	watch->reactions |= ui_take_snapshot(&watch->ui, clock_ns(CLOCK_MONOTONIC));
	watch_survey_apply(&watch->survey, &watch->ui);
}

static void take_keys(struct watch *watch)
{
	struct event event;

	for (;;) {
		terminal_read(watch->terminal, &event);
		if (event.type == EVENT_NONE)
			return;
		if (event.type == EVENT_CLOSED) {
			watch->reactions |= REACT_QUIT;
			return;
		}
		if (event.type == EVENT_RESIZE)
			take_size(watch);
		if (event.type == EVENT_KEY)
			watch->reactions |= ui_handle_key(&watch->ui, event.key);
		if (event.type == EVENT_MOUSE)
			watch->reactions |= ui_handle_mouse(&watch->ui, &event.mouse);
		/* The next key acts on what the last one made, and that needs the new diagram. */
		if ((watch->reactions & REACT_RELAYOUT) == REACT_RELAYOUT)
			ui_layout(&watch->ui);
	}
}

static void take_signals(struct watch *watch)
{
	int number;

	while ((number = signals_read(watch->waits[WAIT_SIGNALS].fd)) != 0) {
		if (number == SIGWINCH) {
			terminal_resize(watch->terminal);
			take_size(watch);
		} else if (number == SIGTSTP) {
			terminal_suspend(watch->terminal);
			signals_stop();
			terminal_resume(watch->terminal);
			take_size(watch);
		} else if (number != SIGCONT) {
			watch->ending_signal = number;
			watch->reactions |= REACT_QUIT;
		}
	}
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
		terminal_set_mouse(watch->terminal, watch->ui.mouse);
	if ((reactions & REACT_THEME) == REACT_THEME)
		watch_theme_next(&watch->theme, watch->terminal, &watch->ui);
	if ((reactions & REACT_REPAINT) == REACT_REPAINT)
		terminal_refresh(watch->terminal);
	if ((reactions & REACT_RELAYOUT) == REACT_RELAYOUT)
		ui_layout(&watch->ui);
	watch_survey_look(&watch->survey, &watch->ui);
	watch_file_look(&watch->file, &watch->ui);
	watch->waits[WAIT_FILE].fd = watch_file_descriptor(&watch->file);
	if (reactions & REACT_REDRAW)
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
	}
}

static int say_no_terminal(int error)
{
	if (error == -ENOTTY)
		message_say("the screen needs a terminal; vastop --once PID writes one picture "
			    "anywhere.");
	else
		message_say("this terminal (TERM=%s) cannot place the cursor; vastop --once PID "
			    "writes one picture anywhere.",
			    getenv("TERM") ? getenv("TERM") : "");
	return EXIT_TROUBLE;
}

/* From the first sample on: the screen is taken only when there is something to show. */
static int watch_screen(struct watch *watch, struct source *source, const struct theme *theme)
{
	const struct options *options = watch->options;
	const struct sampler_plan plan = {
		.interval_ns = options->interval_ns,
		.budget = options->budget,
	};
	int error = terminal_create(
		theme, options_want_colour(options, true) ? COLOUR_MODE_AUTO : COLOUR_MODE_NEVER,
		&watch->terminal);

	if (error) {
		source_destroy(source);
		return say_no_terminal(error);
	}
	signals_guard_terminal();
	watch->waits[WAIT_EXIT].fd = source_exit_descriptor(source);
	error = sampler_create(source, &plan, &watch->sampler);
	if (error) {
		source_destroy(source);
		terminal_destroy(watch->terminal);
		message_say("no thread can be started (%s); try again when the machine is less "
			    "busy.",
			    strerror(-error));
		return EXIT_TROUBLE;
	}
	watch->waits[WAIT_KEYS].fd = STDIN_FILENO;
	watch->waits[WAIT_SAMPLE].fd = sampler_descriptor(watch->sampler);
	watch_survey_start(&watch->survey, options, watch->chronicle.now->target.pid);
	watch->waits[WAIT_SURVEY].fd = watch_survey_descriptor(&watch->survey);
	if (options->ascii)
		terminal_prefer_ascii(watch->terminal);
	ui_init_live(&watch->ui, &watch->chronicle, terminal_is_unicode(watch->terminal));
	settings_apply(options->settings, &watch->ui);
	watch->ui.interval_ns = options->interval_ns;
	watch->ui.view.scale = options->scale;
	watch->ui.mouse = !options->no_mouse;
	watch->ui.has_mouse = terminal_set_mouse(watch->terminal, watch->ui.mouse);
	if (watch->launch) {
		const char *output = watch->launch->output;

		utf8_append_escaped(&watch->output, output, strlen(output));
	}
	/* Only now, when nothing can go wrong any more: a mistake starts no command. */
	launch_release(watch->launch);
	loop(watch);
	terminal_destroy(watch->terminal);
	signals_end_guard();
	sampler_destroy(watch->sampler);
	ui_finish(&watch->ui);
	watch_file_finish(&watch->file);
	watch_survey_finish(&watch->survey);
	canvas_destroy(watch->canvas);
	return EXIT_DONE;
}

int watch_run(const struct options *options, struct source *source, struct launch *launch)
{
	struct watch watch = {.options = options, .launch = launch, .file = {.options = options}};
	struct address_space *first = NULL;
	struct theme theme;
	int error, status = settings_load_theme(options, &theme);

	for (int i = 0; i < WAIT_COUNT; i++)
		watch.waits[i] = (struct pollfd){.fd = -1, .events = POLLIN};
	if (!status) {
		error = source_read(source, &first);
		if (error)
			status = message_say_source_error(options, error);
	}
	if (status) {
		source_destroy(source);
		return status;
	}
	watch.waits[WAIT_SIGNALS].fd = signals_open();
	watch.user = target_user_name(first->target.uid);
	chronicle_init(&watch.chronicle, first, options->history);
	watch_theme_start(&watch.theme, options->theme);
	status = watch_screen(&watch, source, &theme);
	watch_theme_finish(&watch.theme);
	chronicle_finish(&watch.chronicle);
	text_finish(&watch.banner);
	text_finish(&watch.output);
	free(watch.user);
	launch_say_end(launch, watch.ui.ended);
	if (watch.ending_signal)
		signals_die(watch.ending_signal);
	return status;
}
