/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/message.h"
#include "app/options.h"
#include "app/settings.h"
#include "app/signals.h"
#include "app/tty.h"
#include "call_log.h"
#include "screen/canvas.h"
#include "term/terminal.h"

/* What is done with the terminal and with signals, and in which order; both are stood in for. */

enum { NUMBERS = 4 };

static struct {
	int theme, create; /* a status, and an error */
	int numbers[NUMBERS], number;
	int columns;
	bool unicode, mouse;
} script;

static char things[1];

#define the_terminal ((struct terminal *)things)

static struct options options;
static struct tty tty;

int settings_load_theme(const struct options *of, struct theme *ret_theme)
{
	assert_ptr_equal(of, &options);
	assert_ptr_equal(ret_theme, &tty.theme);
	call_log_say("theme");
	return script.theme;
}

void watch_theme_start(struct watch_theme *theme, const char *name)
{
	assert_ptr_equal(theme, &tty.shown);
	call_log_say("start with %s", name);
}

void watch_theme_finish(struct watch_theme *theme)
{
	assert_ptr_equal(theme, &tty.shown);
	call_log_say("finish theme");
}

void save_finish(struct save *save)
{
	assert_ptr_equal(save, &tty.save);
	call_log_say("finish save");
}

int signals_open(void)
{
	call_log_say("signals");
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

int signals_read(int descriptor)
{
	assert_int_equal(descriptor, tty.signals);
	return script.number < NUMBERS ? script.numbers[script.number++] : 0;
}

bool signals_end_program(int number)
{
	return number == SIGTERM || number == SIGHUP;
}

void signals_guard_terminal(void)
{
	call_log_say("guard");
}

void signals_end_guard(void)
{
	call_log_say("end guard");
}

void signals_stop(void)
{
	call_log_say("stop");
}

int terminal_create(const struct theme *theme, enum colour_use mode, struct terminal **ret_terminal)
{
	assert_ptr_equal(theme, &tty.theme);
	call_log_say("create%s", mode == COLOUR_USE_AUTO ? ", colours" : "");
	if (!script.create)
		*ret_terminal = the_terminal;
	return script.create;
}

void terminal_destroy(struct terminal *terminal)
{
	assert_ptr_equal(terminal, the_terminal);
	call_log_say("destroy");
}

void terminal_prefer_ascii(struct terminal *terminal)
{
	assert_ptr_equal(terminal, the_terminal);
	call_log_say("ascii");
}

int terminal_columns(const struct terminal *terminal)
{
	assert_ptr_equal(terminal, the_terminal);
	return script.columns;
}

int terminal_lines(const struct terminal *terminal)
{
	assert_ptr_equal(terminal, the_terminal);
	return 2;
}

bool terminal_is_unicode(const struct terminal *terminal)
{
	assert_ptr_equal(terminal, the_terminal);
	return script.unicode;
}

bool terminal_set_mouse(struct terminal *terminal, bool on)
{
	assert_ptr_equal(terminal, the_terminal);
	call_log_say("mouse %d", on);
	return script.mouse;
}

void terminal_show(struct terminal *terminal, const struct canvas *canvas)
{
	assert_ptr_equal(terminal, the_terminal);
	assert_ptr_equal(canvas, tty.canvas);
	call_log_say("show");
}

void terminal_resize(struct terminal *terminal)
{
	assert_ptr_equal(terminal, the_terminal);
	script.columns++;
	call_log_say("resize");
}

void terminal_suspend(struct terminal *terminal)
{
	assert_ptr_equal(terminal, the_terminal);
	call_log_say("suspend");
}

void terminal_resume(struct terminal *terminal)
{
	assert_ptr_equal(terminal, the_terminal);
	script.columns += 10;
	call_log_say("resume");
}

static int open_tty(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.columns = 5;
	script.mouse = script.unicode = true;
	options = (struct options){.theme = "nord", .colour = COLOUR_ALWAYS, .dark = true};
	call_log_clear();
	assert_int_equal(tty_open(&tty, &options), 0);
	call_log_expect("theme\nsignals\nstart with nord\n");
	return 0;
}

static int close_tty(void **state)
{
	const bool taken = tty.terminal;

	(void)state;
	tty_close(&tty);
	call_log_expect(taken ? "destroy\nend guard\nfinish theme\nfinish save\n"
			      : "finish theme\nfinish save\n");
	/* It is closed. */
	assert_int_equal(fcntl(tty.signals, F_GETFD), -1);
	return 0;
}

static void a_theme_that_cannot_be_read_is_the_end(void **state)
{
	(void)state;
	script.theme = EXIT_USAGE;
	call_log_clear();
	assert_int_equal(tty_open(&tty, &options), EXIT_USAGE);
	call_log_expect("theme\n");
}

static void it_is_taken_once(void **state)
{
	(void)state;
	assert_int_equal(tty_take(&tty), 0);
	call_log_expect("guard\ncreate, colours\nmouse 1\n");
	assert_int_equal(tty.canvas->columns, 5);
	assert_int_equal(tty.canvas->lines, 2);
	assert_false(tty.canvas->ascii);
	assert_true(tty.mouse && tty.has_mouse);
	assert_int_equal(tty_take(&tty), 0);
	call_log_expect("");
	tty_show(&tty);
	call_log_expect("show\n");
	tty_release(&tty);
	call_log_expect("destroy\nend guard\n");
	tty_release(&tty);
	call_log_expect("");
}

static void it_is_as_the_options_want_it(void **state)
{
	(void)state;
	options.colour = COLOUR_NEVER;
	options.ascii = options.no_mouse = true;
	script.unicode = script.mouse = false;
	assert_int_equal(tty_take(&tty), 0);
	call_log_expect("guard\ncreate\nascii\nmouse 0\n");
	assert_true(tty.canvas->ascii);
	assert_false(tty.mouse || tty.has_mouse);
	tty_set_mouse(&tty, true);
	call_log_expect("mouse 1\n");
	assert_true(tty.mouse && !tty.has_mouse);
}

static void what_cannot_be_taken_is_not_guarded(void **state)
{
	(void)state;
	script.create = -ENOTTY;
	assert_int_equal(tty_take(&tty), -ENOTTY);
	call_log_expect("guard\ncreate, colours\nend guard\n");
	assert_null(tty.terminal);
	assert_null(tty.canvas);
}

static void what_is_saved_has_its_theme(void **state)
{
	struct save_page page;

	(void)state;
	text_append(&tty.shown.name, "nord");
	assert_int_equal(tty_take(&tty), 0);
	page = tty_page(&tty);
	assert_ptr_equal(page.canvas, tty.canvas);
	assert_string_equal(page.theme, "nord");
	assert_true(page.dark);
	text_finish(&tty.shown.name);
	call_log_clear();
}

static void send(int first, int second, int third)
{
	script.number = 0;
	script.numbers[0] = first;
	script.numbers[1] = second;
	script.numbers[2] = third;
	call_log_clear();
}

static void signals_are_those_of_the_terminal(void **state)
{
	(void)state;
	assert_int_equal(tty_take(&tty), 0);
	send(SIGCONT, 0, 0);
	assert_int_equal(tty_take_signals(&tty), 0);
	call_log_expect("");
	send(SIGWINCH, 0, 0);
	assert_int_equal(tty_take_signals(&tty), TTY_RESIZED);
	call_log_expect("resize\n");
	assert_int_equal(tty.canvas->columns, 6);
	send(SIGTSTP, 0, 0);
	assert_int_equal(tty_take_signals(&tty), TTY_RESIZED);
	call_log_expect("suspend\nstop\nresume\n");
	assert_int_equal(tty.canvas->columns, 16);
	assert_int_equal(tty.ending_signal, 0);
	send(SIGTERM, SIGWINCH, SIGHUP);
	assert_int_equal(tty_take_signals(&tty), TTY_RESIZED | TTY_ENDING);
	call_log_expect("resize\n");
	assert_int_equal(tty.ending_signal, SIGHUP);
}

static void without_a_terminal_signals_stop_and_end_it(void **state)
{
	(void)state;
	send(SIGWINCH, SIGTSTP, 0);
	assert_int_equal(tty_take_signals(&tty), 0);
	call_log_expect("stop\n");
	send(SIGTERM, 0, 0);
	assert_int_equal(tty_take_signals(&tty), TTY_ENDING);
	assert_int_equal(tty.ending_signal, SIGTERM);
	call_log_expect("");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_tty, close_tty)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_theme_that_cannot_be_read_is_the_end),
		TEST(it_is_taken_once),
		TEST(it_is_as_the_options_want_it),
		TEST(what_cannot_be_taken_is_not_guarded),
		TEST(what_is_saved_has_its_theme),
		TEST(signals_are_those_of_the_terminal),
		TEST(without_a_terminal_signals_stop_and_end_it),
	};

	return cmocka_run_group_tests_name("tty_asked", tests, NULL, NULL);
}
