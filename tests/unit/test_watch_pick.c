/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <poll.h>

#include "app/options.h"
#include "app/pick.h"
#include "app/tty.h"
#include "app/watch_pick.h"
#include "model/target.h"
#include "pseudo_terminal.h"
#include "screen/key.h"
#include "ui/command.h"

static const struct options options = {.procfs = "/proc"};

static unsigned press(struct watch_pick *pick, uint32_t key)
{
	return watch_pick_take_event(pick, &(struct event){.type = EVENT_KEY, .key = key});
}

/* Opens the picker and waits for its list. */
static void open_with_list(struct watch_pick *pick, struct tty *tty, const struct target *watched)
{
	struct pollfd list = {.events = POLLIN};

	CHECK(watch_pick_open(pick, tty, watched) == 0);
	CHECK(!watch_pick_draw(pick));
	list.fd = watch_pick_descriptor(pick);
	CHECK(poll(&list, 1, WAIT_MS) == 1);
	CHECK(watch_pick_take_list(pick) == REACT_REDRAW);
	watch_pick_measure(pick);
	CHECK(watch_pick_draw(pick));
}

static void open_and_choose(int ready)
{
	const struct target watched = {.pid = getppid()};
	struct winsize size = {.ws_row = 16, .ws_col = 80};
	struct watch_pick pick = {0};
	struct tty tty;
	char narrow[32];

	(void)ready;
	CHECK(ioctl(STDOUT_FILENO, TIOCSWINSZ, &size) == 0);
	CHECK(tty_open(&tty, &options) == 0);
	if (tty_take(&tty) == -ENODEV)
		_exit(SKIP);
	/* Not open: nothing is waited for, measured, taken, drawn or closed. */
	CHECK(watch_pick_descriptor(&pick) == -1);
	watch_pick_measure(&pick);
	CHECK(watch_pick_take_list(&pick) == REACT_NONE);
	CHECK(!watch_pick_draw(&pick));
	watch_pick_close(&pick);
	open_with_list(&pick, &tty, &watched);
	CHECK(pick.pick->picker.watched == getppid());
	CHECK(press(&pick, KEY_ARROW_DOWN) == REACT_REDRAW && pick.pick);
	CHECK(press(&pick, KEY_ESC) == REACT_REDRAW && !pick.pick);
	open_with_list(&pick, &tty, NULL);
	CHECK(pick.pick->picker.watched == 0);
	CHECK(press(&pick, KEY_FN + 9) == REACT_QUIT && !pick.pick);
	CHECK(!pick.next.source);
	/* The parent is there, and may be watched by its child. */
	open_with_list(&pick, &tty, &watched);
	snprintf(narrow, sizeof(narrow), "^%d$", getppid());
	for (const char *at = narrow; *at; at++)
		press(&pick, (uint32_t)(unsigned char)*at);
	CHECK(press(&pick, KEY_RETURN) == REACT_QUIT && !pick.pick);
	CHECK(pick.next.pid == getppid() && pick.next.source && pick.next.first);
	attach_close(&pick.next);
	tty_close(&tty);
}

static void another_process_is_chosen_or_not(void **state)
{
	(void)state;
	assert_plays("xterm-256color", open_and_choose);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_process_is_chosen_or_not),
	};

	return cmocka_run_group_tests_name("watch_pick", tests, NULL, NULL);
}
