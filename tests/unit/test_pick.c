/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <poll.h>

#include "app/options.h"
#include "app/pick.h"
#include "app/tty.h"
#include "pseudo_terminal.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "model/process.h"
#include "ui/picker_pane.h"

static const struct options options = {.procfs = "/proc"};

/* A picker narrowed to the parent of this process, on a terminal that was taken. */
static struct pick *open_pick(struct tty *tty)
{
	struct winsize size = {.ws_row = 16, .ws_col = 80};
	struct pollfd list = {.events = POLLIN};
	struct pick *pick;
	char narrow[32];

	snprintf(narrow, sizeof(narrow), "^%d$", getppid());
	CHECK(ioctl(STDOUT_FILENO, TIOCSWINSZ, &size) == 0);
	CHECK(tty_open(tty, &options) == 0);
	if (tty_take(tty) == -ENODEV)
		_exit(SKIP);
	CHECK(pick_create(tty, narrow, &pick) == 0);
	pick_measure(pick);
	CHECK(!pick_is_ready(pick));
	list.fd = pick_descriptor(pick);
	CHECK(poll(&list, 1, WAIT_MS) == 1);
	pick_take_list(pick);
	CHECK(pick_is_ready(pick));
	return pick;
}

static enum pick_end press(struct pick *pick, uint32_t key)
{
	return pick_take_event(pick, &(struct event){.type = EVENT_KEY, .key = key});
}

static enum pick_end click(struct pick *pick, int column, int line, int clicks)
{
	return pick_take_event(pick, &(struct event){.type = EVENT_MOUSE,
						     .mouse = {.button = MOUSE_LEFT,
							       .column = column,
							       .line = line,
							       .clicks = clicks}});
}

static void choose(int ready)
{
	struct tty tty;
	struct pick *pick = open_pick(&tty);

	(void)ready;
	pick_draw(pick);
	CHECK(pick->picker.rows.count == 1);
	CHECK(press(pick, KEY_RETURN) == PICK_ATTACHED);
	CHECK(pick->attachment.pid == getppid() && pick->attachment.first);
	attach_close(&pick->attachment);
	/* The watched one needs no attaching. */
	picker_set_watched(&pick->picker, getppid(), pick->picker.start_ticks);
	CHECK(press(pick, KEY_RETURN) == PICK_LEFT);
	CHECK(press(pick, KEY_ESC) == PICK_GOES_ON);
	CHECK(pick->picker.rows.count > 1);
	CHECK(press(pick, KEY_ESC) == PICK_LEFT);
	CHECK(press(pick, KEY_FN + 9) == PICK_QUIT);
	pick_destroy(pick);
	pick_destroy(NULL);
	tty_close(&tty);
}

static void refuse(int ready)
{
	struct tty tty;
	struct pick *pick = open_pick(&tty);
	struct process_list *list = process_list_create();

	(void)ready;
	/* There is no such pid: /proc/sys/kernel/pid_max is lower. */
	process_list_add(list, &(struct process){.pid = INT32_MAX, .comm = "x", .command = ""});
	press(pick, KEY_ESC);
	picker_take_list(&pick->picker, list);
	CHECK(press(pick, KEY_RETURN) == PICK_GOES_ON);
	CHECK(!strncmp(text_string(&pick->picker.message), "There is no process", 19));
	pick_draw(pick);
	/* Another process with the number of one that was listed. */
	list = process_list_create();
	process_list_add(
		list,
		&(struct process){.pid = getppid(), .start_ticks = 1, .comm = "x", .command = ""});
	picker_take_list(&pick->picker, list);
	CHECK(press(pick, KEY_RETURN) == PICK_GOES_ON);
	CHECK(!strncmp(text_string(&pick->picker.message), "That process has ended", 22));
	CHECK(!pick->attachment.source);
	pick_destroy(pick);
	tty_close(&tty);
}

static void use_mouse(int ready)
{
	struct tty tty;
	struct pick *pick = open_pick(&tty);
	struct event wheel = {.type = EVENT_MOUSE, .mouse = {.button = MOUSE_WHEEL_DOWN}};

	(void)ready;
	press(pick, KEY_ESC);
	press(pick, KEY_TO_HOME);
	CHECK(click(pick, 10, 5, 1) == PICK_GOES_ON);
	CHECK(pick->picker.cursor == 1);
	pick_take_event(pick, &wheel);
	CHECK(pick->picker.cursor > 1);
	wheel.mouse.button = MOUSE_WHEEL_UP;
	pick_take_event(pick, &wheel);
	CHECK(pick->picker.cursor == 1);
	CHECK(click(pick, 10, 0, 2) == PICK_GOES_ON);
	/* On the keys: "Enter watch  Left Right sort  Tab reverse  F5 tree  Esc leave …". */
	CHECK(click(pick, 46, 15, 1) == PICK_GOES_ON && pick->picker.order.tree);
	CHECK(click(pick, 55, 15, 1) == PICK_LEFT);
	CHECK(click(pick, 79, 15, 1) == PICK_GOES_ON);
	pick_destroy(pick);
	tty_close(&tty);
	pick = open_pick(&tty);
	CHECK(click(pick, 10, 4, 1) == PICK_GOES_ON);
	CHECK(click(pick, 10, 4, 2) == PICK_ATTACHED);
	attach_close(&pick->attachment);
	pick_destroy(pick);
	tty_close(&tty);
}

static void plays(void (*child)(int ready))
{
	struct play play = {.type = "xterm-256color", .child = child};
	struct text output = {0};

	assert_runs(&play, &output);
	text_finish(&output);
}

static void a_process_is_chosen_by_keys(void **state)
{
	(void)state;
	plays(choose);
}

static void what_cannot_be_watched_is_told_and_one_goes_on(void **state)
{
	(void)state;
	plays(refuse);
}

static void the_mouse_chooses_rows_and_keys(void **state)
{
	(void)state;
	plays(use_mouse);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_process_is_chosen_by_keys),
		cmocka_unit_test(what_cannot_be_watched_is_told_and_one_goes_on),
		cmocka_unit_test(the_mouse_chooses_rows_and_keys),
	};

	return cmocka_run_group_tests_name("pick", tests, NULL, NULL);
}
