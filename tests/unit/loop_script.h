/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_LOOP_SCRIPT_H
#define TESTS_UNIT_LOOP_SCRIPT_H

/*
 * What app/loop.c asks of everything else: each call is a line of the log, and what comes in each
 * round is what the script says. After the last round waiting fails, which ends the loop.
 */

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>

#include "app/attach.h"
#include "app/choice.h"
#include "app/launch.h"
#include "app/listing.h"
#include "app/loop.h"
#include "app/message.h"
#include "app/named.h"
#include "app/options.h"
#include "app/own_cost.h"
#include "app/settings.h"
#include "app/target_words.h"
#include "app/tty.h"
#include "app/waits.h"
#include "app/watch.h"
#include "app/watch_replay.h"
#include "app/watch_theme.h"
#include "call_log.h"
#include "message_script.h"
#include "kernel/clock.h"
#include "sampler/sampler.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "term/terminal.h"
#include "ui/arrange.h"
#include "ui/dispatch.h"
#include "ui/display.h"
#include "ui/processes/processes_pane.h"
#include "ui/ui.h"

#define MS INT64_C(1000000)

enum { ROUNDS = 4, EVENTS = 4, SIGNALS = 99, FIRST_DESCRIPTOR = 101 };

struct round {
	unsigned came;               /* a bit for each enum wait */
	struct event events[EVENTS]; /* with keys, up to EVENT_NONE */
	struct ui_request asked;     /* by each key and press */
	unsigned more;               /* bits that laying it out asks for in turn */
	unsigned by_name;            /* and knowing the user's name */
	unsigned signals;            /* of tty_take_signals() */
	int64_t check, highlights;   /* when these are to be looked at again */
	bool chosen;                 /* the process can be watched */
	bool ends;                   /* it has ended, with WAIT_EXIT */
	bool recorder;               /* it is recorded */
	bool awaits;                 /* with WAIT_NEWS: the user waits for a moment */
};

static struct {
	struct round rounds[ROUNDS];
	int round, event, count;
	bool measured, choice_takes_keys, unicode, shows_colours;
	int list_error, watch_error, tty_error;
	int watch_error_later; /* after the first round */
	const char *damage;    /* of what is watched */
	int watches;           /* that were begun */
	bool watching, awaited;
} script;

/* What watches are made of, in turn. */
static char samplers[3];
static const struct canvas canvas = {.columns = 80, .lines = 24};
static struct settings settings;
static struct options options;
static struct tty tty;

static struct round *now(void)
{
	return &script.rounds[script.round];
}

int64_t clock_ns(clockid_t clock)
{
	return clock == CLOCK_MONOTONIC ? 1000 * MS : clock == CLOCK_REALTIME ? 77 : -1;
}

/* The screen. */

void ui_init(struct ui *ui, bool unicode)
{
	call_log_say("init%s", unicode ? ", unicode" : "");
	*ui = (struct ui){0};
}

void ui_finish(struct ui *ui)
{
	(void)ui;
	call_log_say("finish");
}

void ui_watch(struct ui *ui, struct session *session)
{
	(void)session;
	ui->shown.ended = false;
	call_log_say("show the watch");
}

void ui_say_format(struct ui *ui, const char *format, ...)
{
	static char said[200];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(said, sizeof(said), format, arguments);
	va_end(arguments);
	ui->message.text = said;
	call_log_say("tell %s", said);
}

void ui_want(struct ui *ui, unsigned bits)
{
	ui->request.bits |= bits;
}

struct ui_request ui_take_request(struct ui *ui)
{
	struct ui_request request = ui->request;

	ui->request = (struct ui_request){0};
	return request;
}

void ui_settle_highlights(struct ui *ui, int64_t now_ns, int64_t *ret_next_ns)
{
	(void)ui;
	assert_true(now_ns == 1000 * MS);
	*ret_next_ns = now()->highlights;
}

void arrange_resize(struct ui *ui, int columns, int lines)
{
	(void)ui;
	call_log_say("size %d %d", columns, lines);
}

void arrange_layout(struct ui *ui)
{
	call_log_say("lay out");
	ui->request.bits |= now()->more;
	now()->more = 0;
}

void arrange_open(struct ui *ui, const struct pane_ops *ops)
{
	(void)ui;
	assert_ptr_equal(ops, &processes_pane);
	call_log_say("open processes");
}

void arrange_close(struct ui *ui, const struct pane_ops *ops)
{
	(void)ui;
	assert_ptr_equal(ops, &processes_pane);
	call_log_say("close processes");
}

const struct pane_ops processes_pane;

void processes_pane_narrow(struct ui *ui, const char *text)
{
	(void)ui;
	call_log_say("narrow %s", text);
}

void dispatch_start(struct ui *ui, const struct keymap *keymap)
{
	assert_ptr_equal(keymap, &settings.keymap);
	call_log_say("start at %d, interval %" PRIu64 ", mouse %d %d, letters %d%s%s",
		     (int)ui->view.scale, ui->host.interval_ns, ui->host.has_mouse, ui->host.mouse,
		     ui->host.letters, ui->host.why_no_processes ? ", " : "",
		     ui->host.why_no_processes ? ui->host.why_no_processes : "");
}

void dispatch_key(struct ui *ui, uint32_t key)
{
	call_log_say("key %c", (int)key);
	ui->request = now()->asked;
}

void dispatch_mouse(struct ui *ui, const struct mouse *mouse)
{
	call_log_say("mouse at %d", mouse->column);
	ui->request = now()->asked;
}

static inline void script_say_drawn(const char *how, const struct scene_status *status)
{
	call_log_say("%s%s%s%s%s", how, status->clock ? ", " : "",
		     status->clock ? status->clock : "", status->message ? ", " : "",
		     status->message ? status->message : "");
	if (status->cost)
		call_log_say("cost %g, %g", status->cost->cpu, status->cost->held);
}

void display_draw(const struct ui *ui, struct canvas *on, const struct scene_status *status)
{
	(void)ui;
	assert_ptr_equal(on, &canvas);
	script_say_drawn("draw", status);
}

void display_renew(const struct ui *ui, struct canvas *on, const struct scene_status *status,
		   unsigned news)
{
	(void)ui;
	assert_ptr_equal(on, &canvas);
	script_say_drawn("renew", status);
	call_log_say("news %u", news);
}

/* The terminal. */

int tty_take(struct tty *taken)
{
	assert_ptr_equal(taken, &tty);
	call_log_say("take the terminal");
	return script.tty_error;
}

int tty_say_error(int error)
{
	call_log_say("terminal: %d", error);
	return 17;
}

void tty_release(struct tty *released)
{
	assert_ptr_equal(released, &tty);
	call_log_say("release");
}

void tty_set_mouse(struct tty *of, bool on)
{
	call_log_say("set mouse %d", on);
	of->mouse = on;
}

struct save_page tty_page(const struct tty *of)
{
	return (struct save_page){.canvas = of->canvas};
}

void tty_show(struct tty *shown)
{
	assert_ptr_equal(shown, &tty);
	call_log_say("show");
}

unsigned tty_take_signals(struct tty *of)
{
	assert_ptr_equal(of, &tty);
	call_log_say("signals");
	return now()->signals;
}

bool terminal_is_unicode(const struct terminal *terminal)
{
	(void)terminal;
	return script.unicode;
}

bool terminal_shows_colours(const struct terminal *terminal)
{
	(void)terminal;
	return script.shows_colours;
}

void terminal_refresh(struct terminal *terminal)
{
	(void)terminal;
	call_log_say("refresh");
}

void terminal_read(struct terminal *terminal, struct event *ret_event)
{
	(void)terminal;
	*ret_event = now()->events[script.event++];
}

void watch_theme_next(struct watch_theme *theme, struct terminal *terminal, struct ui *ui)
{
	(void)terminal, (void)ui;
	assert_ptr_equal(theme, &tty.shown);
	call_log_say("next theme");
}

void settings_tell(const struct settings *told, struct ui *ui)
{
	(void)ui;
	assert_ptr_equal(told, &settings);
	call_log_say("tell settings");
}

const char *target_clock(int64_t time_ns, char out[static CLOCK_LENGTH])
{
	snprintf(out, CLOCK_LENGTH, "at %d", (int)time_ns);
	return out;
}

bool own_cost_measure(struct own_cost *cost, int64_t now_ns)
{
	assert_true(now_ns == 1000 * MS);
	cost->share = 0.25;
	return script.measured;
}

#endif
