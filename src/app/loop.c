/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/loop.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/attach.h"
#include "app/choice.h"
#include "app/launch.h"
#include "app/listing.h"
#include "app/message.h"
#include "app/named.h"
#include "app/options.h"
#include "app/own_cost.h"
#include "app/settings.h"
#include "app/target_words.h"
#include "app/tty.h"
#include "app/watch.h"
#include "app/watch_act.h"
#include "app/watch_theme.h"
#include "app/waits.h"
#include "kernel/clock.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "term/terminal.h"
#include "ui/arrange.h"
#include "ui/dispatch.h"
#include "ui/display.h"
#include "ui/processes/processes_pane.h"
#include "ui/ui.h"

/* What is done at each key: the next one changes it once more. */
#define SETTINGS (UI_INTERVAL | UI_SPEED | UI_HOLD | UI_MOUSE)

struct loop {
	struct tty *tty;
	struct ui ui;
	struct watch watch; /* of all zeroes: no process is watched */
	struct listing listing;
	struct choice choice;
	struct own_cost cost;
	struct watch_record *record; /* for the first process that is watched */
	bool quit;
	bool launch_ended; /* the command that vastop started was seen to end */
	struct waits waits;
};

static bool is_watching(const struct loop *loop)
{
	return loop->watch.sampler != NULL;
}

/* Draws the frame: all of it, or what there are only news (enum pane_news) of. */
static void draw(struct loop *loop, bool all, unsigned news)
{
	bool measured = own_cost_measure(&loop->cost, clock_ns(CLOCK_MONOTONIC));
	const struct scene_cost cost = {loop->cost.share, loop->watch.scan.held_share};
	char clock[CLOCK_LENGTH];
	struct scene_status status = {0};

	if (is_watching(loop))
		watch_tell(&loop->watch, &loop->ui, &status);
	else
		status.clock = target_clock(clock_ns(CLOCK_REALTIME), clock);
	status.cost = measured ? &cost : NULL;
	status.message = loop->ui.message.text;
	if (all)
		display_draw(&loop->ui, loop->tty->canvas, &status);
	else
		display_renew(&loop->ui, loop->tty->canvas, &status, news);
	tty_show(loop->tty);
}

static void take_size(struct loop *loop)
{
	arrange_resize(&loop->ui, loop->tty->canvas->columns, loop->tty->canvas->lines);
}

static void show_watch(struct loop *loop)
{
	ui_watch(&loop->ui, &loop->watch.session);
	if (loop->watch.damage.length)
		ui_say_format(&loop->ui, "%s", text_string(&loop->watch.damage));
}

/* Watches the process of the attachment in the place of the one before. Returns 0 or -errno. */
static int change_watch(struct loop *loop, struct attachment *attachment)
{
	struct watch before = loop->watch, next;
	int error = watch_start(&next, loop->tty->options, attachment, NULL);

	if (error)
		return error;
	loop->launch_ended |= before.launch && loop->ui.shown.ended;
	watch_record_end(&before.record, &loop->ui);
	loop->watch = next;
	watch_begin_record(&loop->watch, loop->record);
	show_watch(loop);
	if (before.sampler)
		watch_finish(&before);
	return 0;
}

/* Watches the process that was chosen, once it could be attached to. */
static void take_chosen(struct loop *loop)
{
	struct attachment attachment;
	int error;

	if (!choice_take(&loop->choice, &loop->ui, &attachment))
		return;
	error = change_watch(loop, &attachment);
	if (error)
		ui_say_format(&loop->ui,
			      "Cannot start a thread: %s; try again when the machine is less busy.",
			      strerror(-error));
	else
		arrange_close(&loop->ui, &processes_pane);
	ui_want(&loop->ui, UI_DRAW);
}

static void take_signals(struct loop *loop)
{
	unsigned asked = tty_take_signals(loop->tty);

	if (asked & TTY_RESIZED)
		take_size(loop);
	loop->quit |= (asked & TTY_ENDING) != 0;
}

static void act_on_terminal(struct loop *loop, const struct ui_request *request)
{
	if (request->bits & UI_MOUSE) {
		tty_set_mouse(loop->tty, request->mouse);
		loop->ui.host.mouse = loop->tty->mouse;
	}
	if (request->bits & UI_THEME)
		watch_theme_next(&loop->tty->shown, loop->tty->terminal, &loop->ui);
	if (request->bits & UI_REPAINT)
		terminal_refresh(loop->tty->terminal);
}

/* Does what was asked for, but for drawing. */
static void act_on(struct loop *loop, const struct ui_request *request)
{
	if (is_watching(loop))
		watch_act(&loop->watch, &loop->ui, request);
	watch_act_tell(&loop->watch, &loop->ui.host);
	act_on_terminal(loop, request);
}

/*
 * What cannot wait for the next event: where things are on the screen, and what the next key
 * changes once more, as "<<" makes the interval two steps shorter.
 */
static void answer(struct loop *loop)
{
	struct ui_request *request = &loop->ui.request, now = *request;

	now.bits &= SETTINGS;
	request->bits &= ~now.bits;
	if (now.bits)
		act_on(loop, &now);
	if (request->bits & UI_LAYOUT)
		arrange_layout(&loop->ui);
	loop->quit |= request->bits & UI_QUIT;
}

static void take_keys(struct loop *loop)
{
	struct event event;

	while (!loop->quit) {
		terminal_read(loop->tty->terminal, &event);
		switch (event.type) {
		case EVENT_NONE: return;
		case EVENT_CLOSED: loop->quit = true; break;
		case EVENT_KEY:
			if (!choice_take_key(&loop->choice, &loop->ui, event.key))
				dispatch_key(&loop->ui, event.key);
			break;
		case EVENT_MOUSE: dispatch_mouse(&loop->ui, &event.mouse); break;
		case EVENT_RESIZE: break;
		}
		answer(loop);
	}
}

/* Does what was asked for in this turn, and draws. */
static void act(struct loop *loop)
{
	struct ui *ui = &loop->ui;
	struct ui_request request = ui_take_request(ui), more;
	bool all;

	act_on(loop, &request);
	if (request.bits & UI_ATTACH)
		choice_begin(&loop->choice, loop->tty->options, &request, &loop->ui);
	if ((request.bits | ui->request.bits) & UI_LAYOUT)
		arrange_layout(ui);
	more = ui_take_request(ui);
	request.bits |= more.bits;
	request.news |= more.news;
	loop->quit |= (request.bits & UI_QUIT) != 0;
	if (is_watching(loop)) {
		watch_scan_look(&loop->watch.scan, ui);
		watch_probes_look(&loop->watch.probes, ui);
	}
	listing_set_wanted(&loop->listing, ui);
	all = request.bits & (UI_DRAW | UI_REPAINT);
	if (!all && !request.news)
		return;
	draw(loop, all, request.news);
	if (request.bits & UI_SAVE)
		save_begin(&loop->tty->save, tty_page(loop->tty), request.save, ui);
	waits_shown(&loop->waits);
	if (is_watching(loop))
		watch_name_user(&loop->watch, ui);
}

static void set_waits(struct loop *loop)
{
	int *descriptors = loop->waits.descriptors;
	const struct watch *watch = &loop->watch;

	loop->waits.awaited = loop->ui.shown.step.awaited;
	for (int i = WAIT_SAMPLE; i < WAIT_COUNT; i++)
		descriptors[i] = -1;
	descriptors[WAIT_RECORD] = watch_record_descriptor(&watch->record);
	descriptors[WAIT_LIST] = listing_descriptor(&loop->listing);
	descriptors[WAIT_SAVE] = save_descriptor(&loop->tty->save);
	descriptors[WAIT_ATTACH] = choice_descriptor(&loop->choice);
	if (is_watching(loop))
		watch_descriptors(watch, descriptors);
}

/*
 * Lets highlights settle, and sees whether samples are overdue; returns how long to wait for the
 * next time to do so: milliseconds, -1 for ever.
 */
static int settle(struct loop *loop)
{
	int64_t now = clock_ns(CLOCK_MONOTONIC), next, check;

	ui_settle_highlights(&loop->ui, now, &next);
	if (is_watching(loop)) {
		check = watch_check(&loop->watch, &loop->ui, now);
		if (next == HIGHLIGHTS_NEVER || check < next)
			next = check;
	}
	return next == HIGHLIGHTS_NEVER ? -1 : (int)((next - now) / 1000000 + 1);
}

static void take_events(struct loop *loop)
{
	const struct waits *waits = &loop->waits;

	if (waits_came(waits, WAIT_SIGNALS))
		take_signals(loop);
	/* The watched process may be another one afterwards, but not before the next turn. */
	if (waits_came(waits, WAIT_KEYS))
		take_keys(loop);
	if (waits_came(waits, WAIT_SAMPLE))
		watch_take_sample(&loop->watch, &loop->ui);
	if (waits_came(waits, WAIT_SURVEY))
		watch_take_scan(&loop->watch, &loop->ui);
	if (waits_came(waits, WAIT_NEWS))
		watch_take_news(&loop->watch, &loop->ui);
	if (waits_came(waits, WAIT_RECORD))
		watch_record_take(&loop->watch.record, &loop->ui);
	if (waits_came(waits, WAIT_PROBES))
		watch_probes_take(&loop->watch.probes, &loop->ui);
	if (waits_came(waits, WAIT_EXIT))
		watch_take_exit(&loop->watch, &loop->ui);
	if (waits_came(waits, WAIT_LIST))
		listing_take(&loop->listing, &loop->ui);
	if (waits_came(waits, WAIT_SAVE))
		save_take(&loop->tty->save, &loop->ui);
	if (waits_came(waits, WAIT_ATTACH))
		take_chosen(loop);
}

static void go_round(struct loop *loop)
{
	while (!loop->quit) {
		int timeout = settle(loop);

		act(loop);
		if (loop->quit)
			break;
		set_waits(loop);
		/* What came of drawing is drawn, too: the user's name. */
		if (waits_wait(&loop->waits, loop->ui.request.bits ? 0 : timeout) < 0)
			return;
		take_events(loop);
	}
}

static void start_ui(struct loop *loop)
{
	const struct options *options = loop->tty->options;
	struct ui *ui = &loop->ui;

	ui_init(ui, terminal_is_unicode(loop->tty->terminal));
	ui->host = (struct ui_host){
		.interval_ns = options->interval_ns,
		.has_mouse = loop->tty->has_mouse,
		.letters = !terminal_shows_colours(loop->tty->terminal),
		.mouse = loop->tty->mouse,
		.why_no_processes = choice_why_not(options),
	};
	ui->view.scale = options->scale;
	dispatch_start(ui, &options->settings->keymap);
	settings_tell(options->settings, ui);
	take_size(loop);
}

/* Takes the terminal, when there is something to show. */
static int take_terminal(struct loop *loop, bool choose, const char *narrow)
{
	int error = tty_take(loop->tty);

	if (error == -ENOTTY && choose && narrow)
		return named_say_not_a_pid(narrow);
	if (error == -ENOTTY && choose) {
		message_say("which process? Give its PID or name, as in: vastop 1234 (ps -e lists "
			    "them).");
		return EXIT_USAGE;
	}
	return error ? tty_say_error(error) : EXIT_DONE;
}

/* The first view: the process, or the list of all. */
static void start_view(struct loop *loop, const char *narrow)
{
	if (is_watching(loop)) {
		show_watch(loop);
		/* Of a small process it is known by now what is in memory. */
		watch_take_scan(&loop->watch, &loop->ui);
		watch_comparison_begin(&loop->watch.probes.comparison, &loop->ui);
		return;
	}
	arrange_open(&loop->ui, &processes_pane);
	if (narrow)
		processes_pane_narrow(&loop->ui, narrow);
	listing_take(&loop->listing, &loop->ui);
}

/* Starts the threads, while which work the terminal is taken. Returns 0 or -errno. */
static int start_threads(struct loop *loop, struct attachment *attachment, struct launch *launch)
{
	int error;

	if (!attachment->source)
		return listing_wait(&loop->listing);
	error = watch_start(&loop->watch, loop->tty->options, attachment, launch);
	if (!error)
		watch_begin_record(&loop->watch, loop->record);
	return error;
}

int loop_run(struct tty *tty, struct attachment *attachment, const char *narrow,
	     struct launch *launch, struct watch_record *record, bool *ret_ended)
{
	struct loop loop = {.tty = tty, .record = record};
	bool choose = !attachment->source;
	int status, error = start_threads(&loop, attachment, launch);

	if (error) {
		tty_release(tty);
		message_say("cannot start a thread: %s; try again when the machine is less busy.",
			    strerror(-error));
		return EXIT_TROUBLE;
	}
	waits_init(&loop.waits, tty->options->budget);
	status = take_terminal(&loop, choose, narrow);
	if (!status) {
		loop.waits.descriptors[WAIT_KEYS] = STDIN_FILENO;
		loop.waits.descriptors[WAIT_SIGNALS] = tty->signals;
		start_ui(&loop);
		start_view(&loop, narrow);
		/* Only now, when nothing can go wrong: a mistake starts no command. */
		launch_release(launch);
		go_round(&loop);
		loop.launch_ended |= loop.watch.launch && loop.ui.shown.ended;
		ui_finish(&loop.ui);
	}
	choice_end(&loop.choice);
	if (is_watching(&loop))
		watch_finish(&loop.watch);
	listing_finish(&loop.listing);
	*ret_ended = loop.launch_ended;
	return status;
}
